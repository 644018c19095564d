import { describe, expect, it } from "vitest";
import { cholesky } from "../../../../src/core/statistics/cholesky.js";
import { seededRandom } from "../../../../src/core/random/Random.js";
import { symmetricRoom } from "../../../../src/training/baselines/gaussian/symmetricRoom.js";

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

describe("symmetricRoom", () => {
  it.each([1, 2, 3, 4, 5, 63, 64, 65, 66, 130, 193])(
    "factors and inverts %i rows as plain loops do, more than once in the same room",
    (size) => {
      const { stride, matrix, inverse, factor, invert } = symmetricRoom(size);
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
      const { stride, matrix, factor } = symmetricRoom(size);
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
});
