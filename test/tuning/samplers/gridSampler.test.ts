import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createStudy } from "../../../src/tuning/Study.js";
import { allValues, gridSampler, gridSize } from "../../../src/tuning/samplers/gridSampler.js";
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
    const study = createStudy({ seed: 1, space, sampler: gridSampler({ rate: [0] }) });
    expect(() => study.ask()).toThrow("gridSampler, parameter kind: must have values to be tried; got none");
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
