import { existsSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { projectPath } from "../../../src/io/projectPath.js";
import { killedWriters, registryEvidence, writersAtOnce } from "../../../src/workspace/proofs/registryProof.js";
import { temporaryProject } from "../../support/temporaryProject.js";

beforeEach(() => vi.stubEnv("TWIN_OUTPUT", temporaryProject()));
afterEach(() => vi.unstubAllEnvs());

describe("the proof of the registry", () => {
  it("counts what was torn and what was lost, and records no number that depends on the machine", async () => {
    const { measurements, result } = await registryEvidence({
      killed: () => Promise.resolve({ kills: 100, torn: 1, acknowledged: 123, lost: 2 }),
      atOnce: () => Promise.resolve({ writers: 4, acknowledged: 30, refused: 30, lost: 3 }),
    });
    expect(measurements.map(({ id, value, n, threshold }) => [id, value, n, threshold])).toEqual([
      ["registry.torn", 1, 100, 0],
      ["registry.lost", 2, 100, 0],
      ["registry.lostAtOnce", 3, 4, 0],
    ]);
    expect(JSON.stringify(result)).not.toContain("123");
  });

  const isBuilt = existsSync(projectPath("dist", "io", "registry", "index.js"));
  if (!isBuilt) console.warn("registryProof: skipped: dist is missing, run `npm run build`");

  it.runIf(isBuilt)(
    "finds every registry whole whose writer was killed, with every entry that the writer was told of",
    async () => {
      const { acknowledged, ...found } = await killedWriters({ kills: 10 });
      expect(found).toEqual({ kills: 10, torn: 0, lost: 0 });
      expect(acknowledged).toBeGreaterThanOrEqual(10);
    },
    120_000,
  );

  it.runIf(isBuilt)(
    "finds one entry for each number, and none lost, where four processes write at once",
    async () => {
      const { acknowledged, refused, lost } = await writersAtOnce({ writers: 4, each: 8 });
      expect([acknowledged + refused, lost]).toEqual([32, 0]);
      // Who registers is never refused.
      expect(acknowledged).toBeGreaterThan(8);
    },
    120_000,
  );
});
