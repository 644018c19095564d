import { existsSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { seededRandom } from "../../../src/core/random/Random.js";
import { projectPath } from "../../../src/io/projectPath.js";
import { killWhileTuning } from "../../../src/workspace/proofs/studies/killWhileTuning.js";
import { studiesEvidence } from "../../../src/workspace/proofs/studiesProof.js";
import { temporaryProject } from "../../support/temporaryProject.js";

beforeEach(() => vi.stubEnv("TWIN_OUTPUT", temporaryProject()));
afterEach(() => vi.unstubAllEnvs());

describe("the proof of studies", () => {
  it("counts what was lost, contradicted and different, and nothing that depends on the machine", async () => {
    const { measurements, result } = await studiesEvidence({
      study: ({ kills }) =>
        Promise.resolve({ kills, studies: 7, acknowledged: 1234, lost: 1, contradicted: 2, different: 3 }),
    });
    expect(measurements.map(({ id, value, n, threshold }) => [id, value, n, threshold])).toEqual([
      ["studies.lostToKills", 1, 100, 0],
      ["studies.contradicted", 2, 100, 0],
      ["studies.different", 3, 100, 0],
    ]);
    expect(result).toEqual({ kills: 100, processes: 2, workers: 4 });
  });

  const isBuilt = existsSync(projectPath("dist", "tuning", "runStudy.js"));
  if (!isBuilt) console.warn("studiesProof: skipped: dist is missing, run `npm run build`");

  it.runIf(isBuilt)(
    "finds nothing lost, and the bytes of an undisturbed study, where processes are killed at random",
    async () => {
      const { acknowledged, studies, ...found } = await killWhileTuning(
        { kills: 5, trials: 60 },
        seededRandom(2).fork("kills"),
      );
      expect(found).toEqual({ kills: 5, lost: 0, contradicted: 0, different: 0 });
      expect(acknowledged).toBeGreaterThanOrEqual(60 * studies);
    },
    180_000,
  );
});
