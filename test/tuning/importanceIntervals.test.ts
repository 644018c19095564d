import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/core/random/Random.js";
import { parameterImportances } from "../../src/tuning/parameterImportances.js";
import { importanceIntervals } from "../../src/tuning/importanceIntervals.js";
import { optimize } from "../../src/tuning/optimize.js";
import { randomSampler } from "../../src/tuning/samplers/randomSampler.js";

const space = {
  strong: { kind: "float", low: 0, high: 1 },
  weak: { kind: "float", low: 0, high: 1 },
} as const;
const record = async (trials: number): Promise<Parameters<typeof importanceIntervals>[0]> => ({
  directions: ["minimize"],
  parameters: space,
  trials: (
    await optimize(({ parameters: { strong, weak } }) => 10 * Number(strong) + 0.1 * Number(weak), {
      space,
      trials,
      seed: 1,
      sampler: randomSampler(),
    })
  ).trials,
});

describe("importanceIntervals", () => {
  it("keeps the shares, each within its interval, the same again for the same stream", async () => {
    const study = await record(100);
    const found = importanceIntervals(study, seededRandom(3));
    expect(found.map(({ name, share }) => ({ name, share }))).toEqual(parameterImportances(study));
    for (const { share, interval } of found) {
      expect(interval!.low).toBeLessThanOrEqual(share);
      expect(interval!.high).toBeGreaterThanOrEqual(share);
      expect(interval).toMatchObject({ level: 0.95, method: "percentile bootstrap by trial, 200 draws" });
    }
    expect(importanceIntervals(study, seededRandom(3))).toEqual(found);
    // What matters stands apart from what does not.
    expect(found[0].name).toBe("strong");
    expect(found[0].interval!.low).toBeGreaterThan(found[1].interval!.high);
  });

  it("gives none where there are fewer than 20 complete trials", async () => {
    expect(importanceIntervals(await record(19), seededRandom(3)).map(({ interval }) => interval)).toEqual([
      null,
      null,
    ]);
  });
});
