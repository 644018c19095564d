import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cholesky } from "../../../src/core/statistics/cholesky.js";
import { choleskySolve } from "../../../src/core/statistics/choleskySolve.js";

describe("choleskySolve", () => {
  it("solves by hand what the textbook factor solves", () => {
    // L = [[2, 0], [6, 1]], so L Lᵀ = [[4, 12], [12, 37]] and x = [1, 2] gives b = [28, 86].
    const vector = Float64Array.of(28, 86);
    choleskySolve(Float64Array.of(2, NaN, 6, 1), 2, vector);
    expect(Array.from(vector)).toEqual([1, 2]);
  });

  it("gives back x from A x, whatever stands above the diagonal", () => {
    const numbers = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(numbers, (drawn) => {
        const [root, wanted] = [drawn.slice(0, 9), drawn.slice(9)];
        const matrix = Float64Array.from({ length: 9 }, (_, at) => {
          const [i, j] = [Math.floor(at / 3), at % 3];
          return Number(i === j) + [0, 1, 2].reduce((sum, k) => sum + root[3 * i + k] * root[3 * j + k], 0);
        });
        const vector = Float64Array.from([0, 1, 2], (i) =>
          wanted.reduce((sum, x, j) => sum + matrix[3 * i + j] * x, 0),
        );
        cholesky(matrix, 3);
        choleskySolve(matrix, 3, vector);
        wanted.forEach((x, i) => expect(vector[i]).toBeCloseTo(x, 8));
      }),
    );
  });
});
