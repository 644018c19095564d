import { describe, expect, it } from "vitest";
import { createStudy } from "../../../src/tuning/Study.js";
import { randomSampler } from "../../../src/tuning/samplers/randomSampler.js";
import type { SearchSpace } from "../../../src/tuning/SearchSpace.js";
import type { Sampler } from "../../../src/tuning/samplers/Sampler.js";
import { tpeSampler } from "../../../src/tuning/samplers/tpeSampler.js";
import { incumbent } from "../../../src/workspace/proofs/tuning/incumbent.js";
import { tunedObjectives } from "../../../src/workspace/proofs/tuning/tunedObjectives.js";

describe("tpeSampler", () => {
  const seeds = Array.from({ length: 12 }, (_, seed) => seed);

  it.each(Object.keys(tunedObjectives))(
    "is nearer to the best of %s than chance after 60 trials",
    (name) => {
      const objective = tunedObjectives[name];
      const mean = (sampler: Sampler): number =>
        seeds.reduce((sum, seed) => sum + incumbent(objective, sampler, { seed }), 0) / seeds.length;
      expect(mean(tpeSampler())).toBeLessThan(mean(randomSampler()));
    },
    60_000,
  );

  it("proposes alike for equal seeds and histories", () => {
    const { branin } = tunedObjectives;
    expect(incumbent(branin, tpeSampler(), { seed: 3 })).toBe(incumbent(branin, tpeSampler(), { seed: 3 }));
  });

  // It divided by the width of the range, and proposed NaN after the first ten trials.
  it("proposes the only value of a range of one, beside others", () => {
    const space: SearchSpace = {
      rate: { kind: "float", low: 0.1, high: 0.1, log: true },
      decay: { kind: "float", low: 0, high: 0 },
      x: { kind: "float", low: 0, high: 1 },
    };
    const study = createStudy({ seed: 1, space });
    for (let number = 0; number < 20; number++)
      study.tell(number, { state: "complete", values: [Number(study.ask().parameters.x)] });
    expect(study.trials.map(({ parameters: { rate, decay } }) => ({ rate, decay }))).toEqual(
      Array.from({ length: 20 }, () => ({ rate: 0.1, decay: 0 })),
    );
    expect(study.best()?.outcome?.values[0]).toBeLessThan(0.1);
  });

  it("keeps away from what runs: trials at a time do not propose the same again", () => {
    const study = createStudy({ seed: 1, space: { x: { kind: "float", low: 0, high: 1 } }, window: 7 });
    for (let number = 0; number < 40; number++) {
      const { parameters } = study.ask();
      study.tell(number, { state: "complete", values: [((parameters.x as number) - 0.3) ** 2] });
    }
    const together = Array.from({ length: 8 }, () => study.ask().parameters.x as number).sort((a, b) => a - b);
    expect(new Set(together).size).toBe(8);
  });
});
