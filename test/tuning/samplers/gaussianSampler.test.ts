import { describe, expect, it } from "vitest";
import type { Matrix } from "../../../src/core/Matrix.js";
import { createStudy } from "../../../src/tuning/Study.js";
import { gaussianSampler, type Surrogate } from "../../../src/tuning/samplers/gaussianSampler.js";
import { randomSampler } from "../../../src/tuning/samplers/randomSampler.js";
import type { Sampler } from "../../../src/tuning/samplers/Sampler.js";
import type { SearchSpace } from "../../../src/tuning/SearchSpace.js";
import { gaussianSurrogate } from "../../../src/training/baselines/gaussian/gaussianSurrogate.js";
import { incumbent } from "../../../src/workspace/proofs/tuning/incumbent.js";
import { tunedObjectives } from "../../../src/workspace/proofs/tuning/tunedObjectives.js";

const space: SearchSpace = {
  x: { kind: "float", low: 0, high: 1 },
  kind: { kind: "categorical", choices: ["a", "b"] },
  depth: { kind: "integer", low: 1, high: 9, when: { parameter: "kind", is: ["b"] } },
};

/** Believes of a point what the nearest trial found, and is the less sure the farther that is; keeps what it saw. */
function nearest(seen: Matrix[]): (points: Matrix, values: Float64Array) => Surrogate {
  return (points, values) => {
    seen.push(points);
    const found = (asked: Matrix): { readonly means: Float64Array; readonly deviations: Float64Array } => {
      const [means, deviations] = [new Float64Array(asked.rows), new Float64Array(asked.rows).fill(Infinity)];
      for (let row = 0; row < asked.rows; row++)
        for (let other = 0; other < points.rows; other++) {
          let square = 0;
          for (let c = 0; c < points.columns; c++)
            square += (asked.values[row * points.columns + c] - points.values[other * points.columns + c]) ** 2;
          if (Math.sqrt(square) < deviations[row]) [deviations[row], means[row]] = [Math.sqrt(square), values[other]];
        }
      return { means, deviations };
    };
    return { means: (asked) => found(asked).means, deviations: (asked) => found(asked).deviations };
  };
}

describe("gaussianSampler", () => {
  it("is random until enough trials are complete, then proposes points of the space, alike for equal seeds", () => {
    const of = (): { readonly points: unknown[]; readonly fits: Matrix[] } => {
      const fits: Matrix[] = [];
      const study = createStudy({ seed: 2, space, sampler: gaussianSampler({ fit: nearest(fits), startup: 5 }) });
      const points = Array.from({ length: 12 }, (_, number) => {
        const { parameters } = study.ask();
        expect(Object.hasOwn(parameters, "depth")).toBe(parameters.kind === "b");
        if (number === 1) study.tell(number, { state: "failed", reason: "planted" });
        else study.tell(number, { state: "complete", values: [(parameters.x as number) ** 2] });
        return parameters;
      });
      return { points, fits };
    };
    const { points, fits } = of();
    expect(fits.map(({ rows }) => rows)).toEqual([5, 6, 7, 8, 9, 10]);
    expect(fits[0].names).toEqual(["x", 'kind "a"', 'kind "b"', "depth there", "depth"]);
    expect(of().points).toEqual(points);
  });

  it("tells numbers as shares of their range, of ratios by logarithms, and what is not there as the middle", () => {
    const fits: Matrix[] = [];
    const study = createStudy({
      seed: 1,
      space: {
        rate: { kind: "float", low: 1e-4, high: 1, log: true },
        kind: { kind: "categorical", choices: [true, null] },
        depth: { kind: "integer", low: 1, high: 9, when: { parameter: "kind", is: [null] } },
      },
      history: {
        parameters: {},
        trials: [
          { rate: 1e-3, kind: null, depth: 3 },
          { rate: 1, kind: true },
        ].map((parameters, number) => ({
          number,
          parameters: parameters as Record<string, number | boolean | null>,
          outcome: { state: "complete", values: [number], steps: [], constraints: {}, reason: null },
        })),
      },
      sampler: gaussianSampler({ fit: nearest(fits), startup: 2 }),
    });
    study.ask();
    expect([...fits[0].values].map((value) => Math.round(1e6 * value) / 1e6)).toEqual([
      0.25, 0, 1, 1, 0.25, 1, 1, 0, 0, 0.5,
    ]);
  });

  it("keeps away from what runs, by what is believed of it", () => {
    const fits: Matrix[] = [];
    const sampler = gaussianSampler({ fit: nearest(fits), startup: 5 });
    const study = createStudy({ seed: 3, space: { x: { kind: "float", low: 0, high: 1 } }, sampler, window: 3 });
    for (let number = 0; number < 20; number++)
      study.tell(number, { state: "complete", values: [((study.ask().parameters.x as number) - 0.3) ** 2] });
    const together = Array.from({ length: 4 }, () => study.ask().parameters.x as number);
    expect(new Set(together).size).toBe(4);
    expect(fits.at(-1)?.rows).toBe(23);
  });

  it("is nearer to the best of Branin's function than chance after 30 trials", () => {
    const { branin } = tunedObjectives;
    const mean = (sampler: Sampler): number =>
      [0, 1, 2].reduce((sum, seed) => sum + incumbent(branin, sampler, { seed, trials: 30 }), 0) / 3;
    expect(mean(gaussianSampler({ fit: gaussianSurrogate }))).toBeLessThan(mean(randomSampler()) / 2);
  }, 60_000);
});
