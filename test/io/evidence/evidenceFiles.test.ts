import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { evidenceOf, measurement } from "../../../src/core/Evidence.js";
import { readAllEvidence, readEvidenceFile, recordedEvidence } from "../../../src/io/evidence/evidenceFiles.js";
import { evidenceFreshness } from "../../../src/io/evidence/evidenceFreshness.js";
import { appendToLedger, readLedger } from "../../../src/io/evidence/evidenceLedger.js";
import { temporaryProject } from "../../support/temporaryProject.js";

const place = vi.hoisted(() => ({ root: "" }));
vi.mock("../../../src/io/projectPath.js", async (original) => {
  const path = await import("node:path");
  const inside = (...parts: string[]): string => path.join(place.root, ...parts);
  return {
    ...(await original<object>()),
    projectPath: inside,
    outputPath: inside,
    projectName: (path: string) => path.replace(`${place.root}/`, ""),
  };
});

const table = "data/real/table.csv";
const request = { id: "01-test-rows", inputs: [table], source: "src/analyses/test.ts", labels: "real" as const };
const written = (): string => join(place.root, "data/evidence/01-test-rows.json");
const compute = vi.fn(async () => {
  const rows = readFileSync(join(place.root, table), "utf8").trim().split("\n").length - 1;
  return Promise.resolve({
    result: { rows },
    measurements: [measurement({ id: "test.rows", meaning: "rows", value: rows, unit: "rows", n: rows })],
  });
});

beforeEach(() => {
  compute.mockClear();
  place.root = temporaryProject({
    [table]: "x\n1\n2\n",
    "src/analyses/test.ts": 'import { a } from "../core/a.js";\n',
    "src/core/a.ts": "export const a = 1;\n",
    "src/core/unrelated.ts": "export const b = 1;\n",
  });
});

describe("recordedEvidence", () => {
  it("computes where the inputs are present, and recalls the same object where they are not", async () => {
    const computed = await recordedEvidence(request, compute);
    const bytes = readFileSync(written(), "utf8");
    rmSync(join(place.root, table));
    const recalled = await recordedEvidence(request, compute);
    expect(compute).toHaveBeenCalledTimes(1);
    expect(recalled).toEqual(computed);
    expect(readFileSync(written(), "utf8")).toBe(bytes);
    expect(evidenceOf(recalled)[0]).toMatchObject({
      id: "test.rows",
      value: 2,
      labels: "real",
      engine: "typescript",
      inputs: computed.inputs,
    });
  });

  it("says how to get an absent input of which nothing was recorded", async () => {
    rmSync(join(place.root, table));
    await expect(recordedEvidence(request, compute)).rejects.toThrow(
      /data\/real\/table.csv: the input must be present.*twin data import/,
    );
  });

  it("refuses numbers that JSON would turn into null, and leaves the old evidence standing", async () => {
    await recordedEvidence(request, compute);
    const bytes = readFileSync(written(), "utf8");
    await expect(
      recordedEvidence(request, () => Promise.resolve({ result: { inner: [1, NaN] }, measurements: [] })),
    ).rejects.toThrow(/result.inner\[1\] must be finite, as JSON has no NaN; use null with a reason/);
    const halfKnown = measurement({
      id: "a",
      meaning: "a",
      value: 1,
      unit: "1",
      interval: { low: NaN, high: 2, level: 0.95, method: "m" },
    });
    await expect(
      recordedEvidence(request, () => Promise.resolve({ result: 1, measurements: [halfKnown] })),
    ).rejects.toThrow(/measurements\[0\].interval.low must be finite/);
    expect(readFileSync(written(), "utf8")).toBe(bytes);
  });

  it("does not pass recorded numbers of one seed off as those of another", async () => {
    await recordedEvidence({ ...request, seed: 1 }, compute);
    rmSync(join(place.root, table));
    expect((await recordedEvidence({ ...request, seed: 1 }, compute)).seed).toBe(1);
    await expect(recordedEvidence({ ...request, seed: 2 }, compute)).rejects.toThrow(
      /evidence of seed 2 cannot be computed without data\/real\/table.csv; got evidence recorded with seed 1/,
    );
  });

  it("of a long proof is not recorded where what it rests on changed meanwhile; the old evidence stands", async () => {
    const proof = { ...request, madeBy: "assure" as const };
    await recordedEvidence(proof, compute);
    const bytes = readFileSync(written(), "utf8");
    const edited = recordedEvidence(proof, () => {
      writeFileSync(join(place.root, "src/core/a.ts"), "export const a = 2;\n");
      return compute();
    });
    await expect(edited).rejects.toThrow(/must stay as they are while it is measured/);
    expect(readFileSync(written(), "utf8")).toBe(bytes);
  });

  it("names the place in a file that is not evidence", async () => {
    await recordedEvidence(request, compute);
    writeFileSync(written(), readFileSync(written(), "utf8").replace('"value": 2', '"value": "2"'));
    await expect(readEvidenceFile(written())).rejects.toThrow(
      /data\/evidence\/01-test-rows.json: must be an evidence file; got measurements.0.value/,
    );
    writeFileSync(written(), "{");
    await expect(readAllEvidence()).rejects.toThrow(/must hold JSON/);
  });

  it("takes no id that leads out of the folder, ../../../x, nor a file named after another", async () => {
    await recordedEvidence(request, compute);
    const good = readFileSync(written(), "utf8");
    for (const [id, words] of [
      ["../../../x", /must be an evidence file; got id: must be letters, digits, _ and -/],
      ["01-other", /must be named after the id in it; got id "01-other"/],
    ] as const) {
      writeFileSync(written(), good.replace('"id": "01-test-rows"', `"id": "${id}"`));
      await expect(readEvidenceFile(written())).rejects.toThrow(words);
    }
    await expect(recordedEvidence({ ...request, id: "../../x" }, compute)).rejects.toThrow(/an id must be letters/);
    expect(existsSync(join(place.root, "x.json"))).toBe(false);
  });
});

describe("evidenceFreshness", () => {
  const fresh = async (asOf: string | null = null) =>
    evidenceFreshness((await readAllEvidence())[0], { ledger: await readLedger(), asOf });

  it("matches what was just made, also where the input is absent", async () => {
    await recordedEvidence(request, compute);
    expect(await fresh()).toEqual({ matches: true, difference: "", age: null, inputsPresent: true });
    rmSync(join(place.root, table));
    expect(await fresh()).toMatchObject({ matches: true, inputsPresent: false });
  });

  it.each([
    ["a flipped byte in an input", table, "x\n1\n3\n", /data\/real\/table.csv changed/],
    ["an imported source that changed", "src/core/a.ts", "export const a = 2;\n", /src\/analyses\/test.ts changed/],
  ])("notices %s", async (_, file, content, words) => {
    await recordedEvidence(request, compute);
    writeFileSync(join(place.root, file), content);
    const { matches, difference } = await fresh();
    expect(matches).toBe(false);
    expect(difference).toMatch(words);
  });

  it("judges folders and several sources as one each, and says which changed", async () => {
    const several = {
      ...request,
      inputs: ["data/real"],
      source: ["src/analyses/test.ts", "src/*.ts", "!src/core/left.ts"],
    };
    const changedBy = async (file: string, content: string): Promise<string> => {
      await recordedEvidence(several, compute);
      writeFileSync(join(place.root, file), content);
      return (await fresh()).difference;
    };
    writeFileSync(join(place.root, "src/index.ts"), 'import "./core/left.js";\n');
    writeFileSync(join(place.root, "src/core/left.ts"), "");
    const resting = "src/analyses/test.ts or what else it rests on (src/*.ts) changed since 01-test-rows was made";
    expect([
      await changedBy("src/core/left.ts", "1;\n"),
      await changedBy("src/core/a.ts", "1;\n"),
      await changedBy("src/another.ts", "1;\n"),
      await changedBy(table, "x\n2\n"),
    ]).toEqual(["", resting, resting, "data/real changed since 01-test-rows was made"]);
    await recordedEvidence(several, compute);
    rmSync(join(place.root, request.source));
    expect((await fresh()).difference).toBe(resting);
  });

  it("follows imports for their effect and over several lines, and leaves out those of types alone", async () => {
    const entry = join(place.root, request.source);
    writeFileSync(
      entry,
      [
        'import type { T } from "../core/unrelated.js";',
        'import "../core/effect.js";',
        'import {\n  a,\n  type A,\n} from "../core/a.js";',
        "export const b: T = a;\n",
      ].join("\n"),
    );
    writeFileSync(join(place.root, "src/core/effect.ts"), "globalThis.x = 1;\n");
    await recordedEvidence(request, compute);
    const changedBy = async (file: string): Promise<boolean> => {
      const path = join(place.root, file);
      const before = readFileSync(path, "utf8");
      writeFileSync(path, `${before}// more\n`);
      const { matches } = await fresh();
      writeFileSync(path, before);
      return !matches;
    };
    expect([
      await changedBy("src/core/effect.ts"),
      await changedBy("src/core/a.ts"),
      await changedBy("src/core/unrelated.ts"),
    ]).toEqual([true, true, false]);
  });

  it("does not mind a source that the analysis never imports", async () => {
    await recordedEvidence(request, compute);
    writeFileSync(join(place.root, "src/core/unrelated.ts"), "export const b = 2;\n");
    expect((await fresh()).matches).toBe(true);
  });

  it("takes the age from the ledger, at the date it is asked for", async () => {
    const file = await recordedEvidence(request, compute);
    expect((await fresh("2026-03-01")).age).toBe(Infinity);
    await appendToLedger([file], "2026-01-30");
    expect((await fresh("2026-03-01")).age).toBe(30);
  });
});

describe("evidence ledger", () => {
  it("appends a version once, keeps what it had, and names a broken line", async () => {
    const file = await recordedEvidence(request, compute);
    expect(await appendToLedger([file], "2026-01-30")).toHaveLength(1);
    expect(await appendToLedger([file], "2026-02-28")).toEqual([]);
    expect(await appendToLedger([{ ...file, result: { rows: 3 } }], "2026-02-28")).toHaveLength(1);
    expect((await readLedger()).map(({ date }) => date)).toEqual(["2026-01-30", "2026-02-28"]);
    const ledger = join(place.root, "data/evidence/ledger.jsonl");
    writeFileSync(ledger, `${readFileSync(ledger, "utf8")}{"id": 3}\n`);
    await expect(readLedger()).rejects.toThrow(/ledger.jsonl, line 3: must be an entry/);
    writeFileSync(ledger, '{"id":"a","sha256":"0","date":"yesterday"}\n');
    await expect(readLedger()).rejects.toThrow(/line 1: must be an entry/);
    expect(existsSync(ledger)).toBe(true);
  });
});
