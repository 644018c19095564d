import { describe, expect, it } from "vitest";
import { choleskySolve } from "../../../../src/core/statistics/choleskySolve.js";
import { cholesky } from "../../../../src/core/statistics/cholesky.js";
import { seededRandom } from "../../../../src/core/random/Random.js";
import { kernelRoom } from "../../../../src/training/baselines/gaussian/kernelRoom.js";
import { fillMatern, scaledRows } from "../../../../src/training/baselines/gaussian/maternKernel.js";
import { differences, drawnRows, largestError, matrixOf } from "./golden.js";

/** A random matrix times its transpose, and something on the diagonal: full, in plain rows. */
function drawn(size: number): Float64Array {
  const random = seededRandom(size);
  const root = Float64Array.from({ length: size * size }, () => random() - 0.5);
  return Float64Array.from({ length: size * size }, (_, at) => {
    const [i, j] = [Math.floor(at / size), at % size];
    let sum = i === j ? 0.1 : 0;
    for (let k = 0; k < size; k++) sum += root[i * size + k] * root[j * size + k];
    return sum;
  });
}

describe("kernelRoom", () => {
  it.each([1, 2, 3, 4, 5, 63, 64, 65, 66, 130, 193])(
    "factors and inverts %i rows as plain loops do, more than once in the same room",
    (size) => {
      const { stride, matrix, inverse, vectors, factor, solve, invert } = kernelRoom(
        matrixOf(new Array<number>(size).fill(0), 1),
        2,
      );
      const full = drawn(size);
      for (let turn = 1; turn <= 2; turn++) {
        for (let i = 0; i < size; i++) for (let j = 0; j <= i; j++) matrix[i * stride + j] = turn * full[i * size + j];
        expect(factor()).toBe(true);
        const plain = full.map((value) => turn * value);
        cholesky(plain, size);
        let most = 0;
        for (let i = 0; i < size; i++)
          for (let j = 0; j <= i; j++) most = Math.max(most, Math.abs(matrix[i * stride + j] - plain[i * size + j]));
        expect(most).toBeLessThan(1e-12);

        const [vector] = vectors;
        for (let i = 0; i < size; i++) vector[i] = Math.cos(i);
        solve(vector);
        const expected = Float64Array.from({ length: size }, (_, i) => Math.cos(i));
        choleskySolve(plain, size, expected);
        expect(largestError(vector, Array.from(expected))).toBeLessThan(1e-11);

        invert();
        most = 0;
        for (let i = 0; i < size; i++)
          for (let j = 0; j < size; j++) {
            let sum = 0;
            for (let k = 0; k < size; k++)
              sum += turn * full[i * size + k] * inverse[Math.max(k, j) * stride + Math.min(k, j)];
            most = Math.max(most, Math.abs(sum - Number(i === j)));
          }
        expect(most).toBeLessThan(1e-11);
      }
    },
  );

  it.each([3, 70])(
    "says that a pivot is lost where row %i repeats another one, and where a diagonal is NaN",
    (twin) => {
      const size = 100;
      const { stride, matrix, factor } = kernelRoom(matrixOf(new Array<number>(size).fill(0), 1), 2);
      const fill = (): void => {
        for (let i = 0; i < size; i++)
          for (let j = 0; j <= i; j++) {
            const [a, b] = [i, j].map((row) => (row === twin ? 1 : row));
            matrix[i * stride + j] = Math.exp(-Math.abs(a - b));
          }
      };
      fill();
      expect(factor()).toBe(false);
      fill();
      for (let i = 0; i < size; i++) matrix[i * (stride + 1)] += 0.1;
      expect(factor()).toBe(true);
      fill();
      matrix[twin * (stride + 1)] = NaN;
      expect(factor()).toBe(false);
    },
  );

  it.each([
    [1, 1],
    [2, 3],
    [5, 2],
    [37, 4],
    [40, 1],
  ])("fills the covariances of %i rows of %i features, multiplies by them, and has their slopes", (rows, columns) => {
    const { features } = drawnRows(rows, columns, rows);
    const { stride, prior, inverse, vectors, fillPrior, timesPrior, addUpSlopes } = kernelRoom(features, 2);
    const lengths = Array.from({ length: columns }, (_, j) => 0.5 + j);
    const plainly = (variance: number, some: readonly number[]): Float64Array => {
      const out = new Float64Array(rows * rows);
      fillMatern(scaledRows(features, some), columns, { variance }, out, rows);
      return out;
    };
    const plain = plainly(1.7, lengths);
    const at = (i: number, j: number): number => plain[Math.max(i, j) * rows + Math.min(i, j)];
    const places = Array.from({ length: rows }, (_, i) => i);
    fillPrior(1.7, lengths);
    for (const i of places) for (let j = 0; j <= i; j++) expect(prior[i * stride + j]).toBeCloseTo(at(i, j), 13);

    const [x, out] = vectors;
    for (const i of places) x[i] = Math.sin(i + 1);
    timesPrior(x, out);
    const expected = places.map((i) => places.reduce((sum, j) => sum + at(i, j) * x[j], 0));
    expect(largestError(out, expected)).toBeLessThan(1e-12);

    // A share that differs from element to element.
    const share = (i: number, j: number): number => Math.cos(3 * i + j);
    for (const i of places) for (let j = 0; j <= i; j++) inverse[i * stride + j] = share(i, j);
    const gradient = new Float64Array(columns + 1);
    addUpSlopes(gradient);
    const slopes = differences(
      (logs) => {
        const [variance, ...some] = Array.from(logs, Math.exp);
        const covariances = plainly(variance, some);
        let sum = 0;
        for (const i of places)
          for (let j = 0; j <= i; j++) sum += (i === j ? 1 : 2) * share(i, j) * covariances[i * rows + j];
        return sum;
      },
      Float64Array.from([1.7, ...lengths], Math.log),
    );
    expect(largestError(gradient, slopes)).toBeLessThan(1e-9);
  });
});
