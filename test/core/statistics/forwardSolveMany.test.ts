import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { forwardSolve } from "../../../src/core/statistics/forwardSolve.js";
import { forwardSolveMany } from "../../../src/core/statistics/forwardSolveMany.js";

describe("forwardSolveMany", () => {
  it("solves by hand what one triangle does to five vectors", () => {
    // L = [[2, 0], [6, 1]]: x = [1, k] gives b = [2, 6 + k].
    const vectors = Float64Array.from([0, 1, 2, 3, 4].flatMap((k) => [2, 6 + k]));
    forwardSolveMany(Float64Array.of(2, NaN, 6, 1), 2, vectors);
    expect(Array.from(vectors)).toEqual([1, 0, 1, 1, 1, 2, 1, 3, 1, 4]);
  });

  it("gives each vector the bytes that it gets alone, however many come together", () => {
    const numbers = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 90, maxLength: 90 });
    fc.assert(
      fc.property(numbers, fc.integer({ min: 0, max: 9 }), (drawn, many) => {
        const size = 5;
        const lower = Float64Array.from(drawn.slice(0, 25), (value, at) => value + 3 * Number(at % 6 === 0));
        const vectors = Float64Array.from(drawn.slice(25, 25 + many * size));
        const alone = vectors.slice();
        for (let at = 0; at < alone.length; at += size) forwardSolve(lower, size, alone.subarray(at, at + size));
        forwardSolveMany(lower, size, vectors);
        expect(vectors).toEqual(alone);
      }),
    );
  });
});
