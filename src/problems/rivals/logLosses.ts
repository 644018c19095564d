import { leastProbability } from "../../calibration/logProbability.js";

/**
 * Log loss of each row in nats; a probability counts as at least 1e-15, as in logLoss.
 *
 * @param truth  class codes, shape [n]
 * @param told   row-major, shape [n, classes]
 */
export function logLosses(truth: ArrayLike<number>, told: Float64Array, classes: number): Float64Array {
  return Float64Array.from(truth, (code, row) => -Math.log(Math.max(leastProbability, told[row * classes + code])));
}
