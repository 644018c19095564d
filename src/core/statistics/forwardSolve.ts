/**
 * Solution x of L x = b, in place.
 *
 * @param lower   as cholesky leaves it, row-major [size, size], without a zero on its diagonal
 * @param vector  b, shape [size]
 */
export function forwardSolve(lower: Float64Array, size: number, vector: Float64Array): void {
  for (let j = 0; j < size; j++) {
    let sum = vector[j];
    for (let l = 0; l < j; l++) sum -= lower[j * size + l] * vector[l];
    vector[j] = sum / lower[j * size + j];
  }
}
