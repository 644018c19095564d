import { forwardSolve } from "./forwardSolve.js";

/**
 * Solution x of L Lᵀ x = b, in place.
 *
 * @param lower   as cholesky leaves it, row-major [size, size], without a zero on its diagonal
 * @param vector  b, shape [size]
 */
export function choleskySolve(lower: Float64Array, size: number, vector: Float64Array): void {
  forwardSolve(lower, size, vector);
  for (let j = size - 1; j >= 0; j--) {
    let sum = vector[j];
    for (let l = j + 1; l < size; l++) sum -= lower[l * size + j] * vector[l];
    vector[j] = sum / lower[j * size + j];
  }
}
