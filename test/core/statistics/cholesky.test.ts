import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cholesky } from "../../../src/core/statistics/cholesky.js";

/** Entry [row][column] of L Lᵀ. */
function product(lower: Float64Array, size: number, row: number, column: number): number {
  let sum = 0;
  for (let k = 0; k <= Math.min(row, column); k++) sum += lower[row * size + k] * lower[column * size + k];
  return sum;
}

describe("cholesky", () => {
  it("is the textbook factor by hand, and leaves the upper triangle", () => {
    const matrix = Float64Array.of(4, 7, 7, 12, 37, 7, -16, -43, 98);
    cholesky(matrix, 3);
    expect(Array.from(matrix)).toEqual([2, 7, 7, 6, 1, 7, -8, 5, 3]);
  });

  it("gives back the matrix as L times its transpose, with and without lost pivots", () => {
    // Squares of what is smaller have lost their digits, so that a matrix of them is not semidefinite any more.
    const entry = fc.double({ min: -3, max: 3, noNaN: true }).map((value) => (Math.abs(value) < 1e-150 ? 0 : value));
    const entries = fc.array(entry, { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(entries, fc.constantFrom("floor" as const, "zero" as const), (rows, lostPivot) => {
        // Two columns of four rows each, and their sum: of rank 2 at most.
        const columns = [0, 1].map((k) => rows.slice(4 * k, 4 * k + 4));
        const all = [...columns, columns[0].map((value, i) => value + columns[1][i])];
        const gram = Float64Array.from(all.flatMap((a) => all.map((b) => a.reduce((sum, x, i) => sum + x * b[i], 0))));
        const lower = gram.slice();
        cholesky(lower, 3, { lostPivot });
        for (let i = 0; i < 3; i++)
          for (let j = 0; j <= i; j++) expect(product(lower, 3, i, j)).toBeCloseTo(gram[i * 3 + j], 3);
      }),
    );
  });

  it("is to the last bit what one row at a time gives, whatever the size and the pivots", () => {
    const oneByOne = (lower: Float64Array, size: number, lostPivot: "floor" | "zero"): void => {
      for (let j = 0; j < size; j++) {
        const own = lower[j * size + j];
        for (let l = 0; l <= j; l++) {
          let sum = lower[j * size + l];
          for (let m = 0; m < l; m++) sum -= lower[j * size + m] * lower[l * size + m];
          const pivot = lower[l * size + l];
          if (l < j) lower[j * size + l] = pivot > 0 ? sum / pivot : 0;
          else if (lostPivot === "floor") lower[j * size + j] = Math.sqrt(Math.max(sum, 1e-12 * own));
          else lower[j * size + j] = sum > 1e-12 * own ? Math.sqrt(sum) : 0;
        }
      }
    };
    const entries = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 44, maxLength: 44 });
    fc.assert(
      fc.property(
        entries,
        fc.integer({ min: 1, max: 11 }),
        fc.constantFrom("floor" as const, "zero" as const),
        (root, size, lostPivot) => {
          // Of rank 4: beyond the fourth row all pivots are lost.
          const matrix = Float64Array.from({ length: size * size }, (_, at) => {
            const [i, j] = [Math.floor(at / size), at % size];
            return [0, 1, 2, 3].reduce((sum, k) => sum + root[4 * i + k] * root[4 * j + k], 0);
          });
          const [ours, plain] = [matrix.slice(), matrix.slice()];
          cholesky(ours, size, { lostPivot });
          oneByOne(plain, size, lostPivot);
          expect(ours).toEqual(plain);
        },
      ),
    );
  });

  it("takes out or floors a direction without variance, as asked", () => {
    const [zero, floor] = [Float64Array.of(4, 0, 2, 1), Float64Array.of(4, 0, 2, 1)];
    cholesky(zero, 2, { lostPivot: "zero" });
    cholesky(floor, 2);
    expect(Array.from(zero)).toEqual([2, 0, 1, 0]);
    expect(Array.from(floor)).toEqual([2, 0, 1, 1e-6]);
  });
});
