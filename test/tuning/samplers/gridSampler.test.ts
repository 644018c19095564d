import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createStudy } from "../../../src/tuning/Study.js";
import { allValues, type Grid, gridSampler, gridSize } from "../../../src/tuning/samplers/gridSampler.js";
import type { SearchSpace } from "../../../src/tuning/SearchSpace.js";

const space: SearchSpace = {
  rate: { kind: "float", low: 0, high: 1, step: 0.25 },
  kind: { kind: "categorical", choices: ["a", "b", null] },
};

describe("gridSampler", () => {
  it("tries every combination once, the last name fastest, and then begins anew", () => {
    const grid = { rate: [0, 1], kind: ["b", null] };
    const study = createStudy({ seed: 1, space, sampler: gridSampler(grid), window: 9 });
    const tried = Array.from({ length: 5 }, () => study.ask().parameters);
    expect(gridSize(grid)).toBe(4);
    expect(tried.map(({ rate, kind }) => [rate, kind])).toEqual([
      [0, "b"],
      [0, null],
      [1, "b"],
      [1, null],
      [0, "b"],
    ]);
  });

  it("refuses names without values, and parameters that the grid has no values for", () => {
    expect(() => gridSampler({})).toThrow(
      "gridSampler: every parameter must have values to be tried; got no parameter",
    );
    expect(() => gridSampler({ rate: [] })).toThrow("got none for rate");
    const begun = (grid: Grid): unknown => createStudy({ seed: 1, space, sampler: gridSampler(grid) });
    expect(() => begun({ rate: [0] })).toThrow("gridSampler, parameter kind: must have values to be tried; got none");
  });

  // They were tried, and what was kept could not be read again.
  it.each<[string, Grid, RegExp]>([
    ["above the upper end", { rate: [5], kind: ["a"] }, /parameter rate: its values must be some.*; got 5; mend it/],
    ["between steps", { rate: [0.3], kind: ["a"] }, /parameter rate.*got 0.3/],
    ["of another kind", { rate: ["0"], kind: ["a"] }, /parameter rate.*got "0"/],
    ["no choice", { rate: [0], kind: ["c"] }, /parameter kind.*got "c"/],
    ["of no parameter", { rate: [0], kind: ["a"], z: [1, 2] }, /parameter z: must be one of the space.*; leave it out/],
  ])("refuses a value %s as the study begins", (_, grid, said) => {
    expect(() => createStudy({ seed: 1, space, sampler: gridSampler(grid) })).toThrow(said);
  });

  it("refuses a value that a trial's parameter cannot have, as it is named", () => {
    const trial = createStudy({ seed: 1, sampler: gridSampler({ rate: [5] }) }).ask();
    expect(() => trial.suggest("rate", space.rate)).toThrow(
      'trial 0, parameter rate: the sampler "grid" must propose one of its values; got 5 of {"kind":"float"',
    );
    expect(() => trial.suggest("kind", space.kind)).toThrow("gridSampler, parameter kind: must have values");
  });
});

describe("allValues", () => {
  it("lists choices and steps, and refuses a range of any numbers", () => {
    expect(allValues("kind", space.kind)).toEqual(["a", "b", null]);
    expect(allValues("rate", { kind: "float", low: 0, high: 1, step: 0.3 })).toEqual([0, 0.3, 0.6, 0.9]);
    expect(allValues("n", { kind: "integer", low: 2, high: 5, log: true })).toEqual([2, 3, 4, 5]);
    expect(() => allValues("x", { kind: "float", low: 0, high: 1 })).toThrow(
      "grid, parameter x: must have a step, so that its values can be listed; got any number from 0 to 1",
    );
  });

  it("has different values between the ends", () => {
    fc.assert(
      fc.property(fc.integer({ min: -9, max: 9 }), fc.nat(30), fc.integer({ min: 1, max: 5 }), (low, more, step) => {
        const values = allValues("n", { kind: "integer", low, high: low + more, step }) as number[];
        expect(new Set(values).size).toBe(Math.floor(more / step) + 1);
        expect(Math.max(...values)).toBeLessThanOrEqual(low + more);
      }),
    );
  });

  // It ended in "Invalid array length", or in no memory.
  it("lists no values where there are too many", () => {
    expect(() => allValues("n", { kind: "integer", low: 1, high: 1e12 })).toThrow(
      /grid, parameter n: must have at most 10000 values.*; got 1000000000000; give it a wider step/,
    );
  });
});
