import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import type * as evidenceFiles from "../../../src/io/evidence/evidenceFiles.js";
import { projectPath } from "../../../src/io/projectPath.js";
import {
  peerValues,
  type ReachedValues,
  tuningEvidence,
  tuningMeasurements,
} from "../../../src/workspace/proofs/tuningProof.js";
import { tunedObjectives } from "../../../src/workspace/proofs/tuning/tunedObjectives.js";

const recorded = vi.hoisted(() => ({ paths: [] as readonly string[] }));
vi.mock("../../../src/io/evidence/evidenceFiles.js", async (original) => ({
  ...(await original<typeof evidenceFiles>()),
  recordedEvidence: async (
    { inputs, source }: { readonly inputs: readonly string[]; readonly source: readonly string[] },
    make: () => Promise<unknown>,
  ) => {
    recorded.paths = [...inputs, ...source];
    return make();
  },
}));

/** Values about a mean, the same for all functions. */
function about(mean: number, many = 100): Readonly<Record<string, readonly number[]>> {
  const values = Array.from({ length: many }, (_, k) => mean + 0.1 * (k % 2 === 0 ? 1 : -1));
  return Object.fromEntries(Object.keys(tunedObjectives).map((name) => [name, values]));
}

const reached = (ours: number, gp: number, random: number): ReachedValues => ({
  default: about(ours),
  gp: about(gp, 40),
  random: about(random),
});

describe("tuningMeasurements", () => {
  it("says how likely chance would do as well, and how far we are behind as a share of what the peer gains", () => {
    const found = tuningMeasurements(reached(1.1, 1, 2), reached(1, 1.2, 2));
    expect(found.map(({ id }) => id.split(".").slice(0, -1).join("."))).toEqual(
      ["chance", "behind.default", "behind.gp"].flatMap((one) => Array<string>(4).fill(`tuning.${one}`)),
    );
    expect(found[0]).toMatchObject({ threshold: 0.01, direction: "atMost", n: 200 });
    expect(found[0].value).toBeLessThan(1e-9);
    const [behind, ahead] = [found[4], found[8]];
    expect(behind).toMatchObject({ threshold: 0.33, interval: { level: 1 - 0.1 / 8 } });
    expect(behind.value).toBeCloseTo(0.1, 9);
    // Two means of 100 with a deviation of 0.1 each: 2.52 standard errors of 0.0142, over a gain of 1.
    expect(behind.interval?.high).toBeCloseTo(0.136, 3);
    expect(ahead.value).toBeCloseTo(-0.25, 9);
    expect(found.find(({ id }) => id === "tuning.behind.gp.noisy_mlp")).toMatchObject({ threshold: 0.5 });
  });

  it("measures nothing, with the reason, where Optuna's sampler was not run", () => {
    const { default: peer, random } = reached(1, 1, 2);
    const found = tuningMeasurements(reached(1, 1, 2), { default: peer, random });
    expect(found.slice(8).map(({ value }) => value)).toEqual([null, null, null, null]);
    expect(found[8].reason).toBe("test/golden/f_tuning_peers.json has no values of Optuna's to be held against");
  });

  it("finds a sampler that is no better than chance, or far behind (planted)", () => {
    const found = tuningMeasurements(reached(2, 1.5, 2), reached(1, 1, 2));
    expect(found[0].value).toBeGreaterThan(0.01);
    expect(found[4].interval?.low).toBeGreaterThan(0.33);
    expect(found[8].interval?.low).toBeGreaterThan(0.33);
  });
});

describe("tuningEvidence", () => {
  it("runs every sampler on every function, in threads, and names files that are there", async () => {
    const peers = (): Promise<ReachedValues> => Promise.resolve(reached(1, 1, 2));
    const { measurements, result } = await tuningEvidence({ seeds: 7, trials: 12, peers });
    expect(measurements).toHaveLength(12);
    expect(measurements.map(({ n }) => n)).toEqual([
      ...Array<number>(4).fill(14),
      ...Array<number>(4).fill(107),
      ...Array<number>(4).fill(47),
    ]);
    expect(result.table.rows.map(([name]) => name)).toEqual(Object.keys(tunedObjectives));
    for (const path of recorded.paths) expect(existsSync(projectPath(path)), path).toBe(true);
  }, 60_000);

  it("is held against values of Optuna 5, of 60 trials, by the seeds of the reference", async () => {
    const file = new URL("../../golden/f_tuning_peers.json", import.meta.url);
    const { optuna, trials } = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
    expect([optuna, trials]).toEqual(["5.0.0", 60]);
    const values = await peerValues();
    for (const name of Object.keys(tunedObjectives)) {
      expect(values.default?.[name]).toHaveLength(100);
      expect(values.random?.[name]).toHaveLength(100);
      if (values.gp !== undefined) expect(values.gp[name].length).toBeGreaterThanOrEqual(4);
    }
  });
});
