import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import type { LaboratoryScores } from "../../../src/analyses/04-training/judgeOwnLaboratory.js";
import { ownLaboratories, ownLaboratoryMeasurements } from "../../../src/analyses/04-training/ownLaboratories.js";
import type * as evidenceFiles from "../../../src/io/evidence/evidenceFiles.js";
import { projectPath } from "../../../src/io/projectPath.js";

vi.mock("../../../src/io/evidence/evidenceFiles.js", async (original) => ({
  ...(await original<typeof evidenceFiles>()),
  recordedEvidence: async (_: unknown, make: () => Promise<unknown>) => make(),
}));

const isBuilt = existsSync(projectPath("dist", "generation", "simd", "experiments.wasm"));
if (!isBuilt) console.warn("laboratories are judged by no test: dist is not here; run npm run build");
const folder = mkdtempSync(join(tmpdir(), "twin-laboratories-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const scores = (known: Partial<LaboratoryScores>, ...accuracies: readonly number[]): LaboratoryScores => ({
  seed: 1,
  network: 0.8,
  average: 0.8,
  known: 0.9,
  own: accuracies.map((accuracy, at) => ({
    rows: [30, 120, 300][at],
    kept: "forest",
    accuracy,
    coverage: 0.9,
    setSize: 1.5,
  })),
  ...known,
});

describe("ownLaboratoryMeasurements", () => {
  it("are means over laboratories with Student's interval, against models on the same rows", () => {
    const found = ownLaboratoryMeasurements(
      [scores({}, 0.79, 0.85), scores({ network: 0.7, known: 1, average: 0.6 }, 0.72, 0.8)],
      100,
    );
    const of = (id: string): (typeof found)[number] => found.find((one) => one.id === `ownLaboratory.${id}`)!;
    // Losses of 1 and -2 points: Student's reach over two values is 12.706 times half their distance.
    expect(of("loss.30").value).toBeCloseTo(-0.5, 10);
    expect(of("loss.30").interval!.high).toBeCloseTo(-0.5 + 12.7062 * 1.5, 3);
    expect(of("loss.30")).toMatchObject({ threshold: 1, direction: "atMost", n: 200 });
    expect(of("gain.120").value).toBeCloseTo(7.5, 10);
    expect(of("gain.120")).toMatchObject({ threshold: 0, direction: "atLeast" });
    // 15 points of 40.
    expect(of("shareOfWay.120").value).toBeCloseTo(15 / 40, 10);
    expect(of("overAverage.120").value).toBeCloseTo(12.5, 10);
    expect(of("overAverage.120").threshold).toBeNull();
    expect(of("coverage.30")).toMatchObject({ value: 0.9, threshold: 0.87, direction: "atLeast" });
    expect(of("setSize.30")).toMatchObject({ value: 1.5, threshold: 2, direction: "atMost" });
  });

  it("of a share of the way have the width of both its parts", () => {
    const [way] = ownLaboratoryMeasurements(
      [scores({}, 0.85), scores({ known: 1 }, 0.9), scores({ known: 0.95 }, 0.875)],
      100,
    ).filter(({ id }) => id === "ownLaboratory.shareOfWay.30");
    // Each gains half of its way: the ratio does not vary, whatever its parts do.
    expect(way.value).toBeCloseTo(0.5, 10);
    expect(way.interval!.high - way.interval!.low).toBeCloseTo(0, 10);
  });
});

describe.skipIf(!isBuilt)("ownLaboratories", () => {
  const run = (workers: number, said: string[] = []): ReturnType<typeof ownLaboratories> =>
    ownLaboratories({
      seed: 5,
      laboratories: 2,
      networkRows: 3_000,
      judged: { sizes: [12], testRows: 200 },
      workers,
      folder,
      say: (text) => void said.push(text),
    });

  it("goes on where it was stopped, with the same numbers on any number of threads", async () => {
    const first = await run(2);
    const [{ network, average, known, own }] = first.result.laboratories;
    for (const share of [network, average, known, own[0].accuracy, own[0].coverage]) {
      expect(share).toBeGreaterThan(0.2);
      expect(share).toBeLessThanOrEqual(1);
    }
    const [key] = readdirSync(folder);
    const place = (laboratory: number): string =>
      join(folder, key, `${first.result.laboratories[laboratory].seed}.json`);
    rmSync(place(1));
    const marked = JSON.parse(readFileSync(place(0), "utf8")) as LaboratoryScores;
    writeFileSync(place(0), JSON.stringify({ ...marked, network: 0.123 }));
    const said: string[] = [];
    const second = await run(1, said);
    expect(second.result.laboratories[0].network).toBe(0.123);
    expect(second.result.laboratories[1]).toEqual(first.result.laboratories[1]);
    expect(said.at(-1)).toMatch(/laboratory 2 of 2: 12 rows [+-]\d+\.\d points; known/);
  }, 120_000);
});
