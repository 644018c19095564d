import { checkGaussians } from "../core/metrics/checkGaussians.js";
import { normalProbability } from "../core/statistics/normalProbability.js";

/**
 * Probability integral transform of normal forecasts: the probability that each gave to values up to the true one. Even
 * over [0, 1] if the forecasts are calibrated, heaped at both ends if they are overconfident.
 *
 * @param truth   shape [n], finite
 * @param means   shape [n], finite
 * @param sigmas  shape [n], above 0
 * @returns in [0, 1], shape [n]
 * @throws RangeError if lengths differ or are 0, or a number does not fit (row named)
 * @see Gneiting, Balabdaoui and Raftery 2007, doi:10.1111/j.1467-9868.2007.00587.x
 */
export function gaussianPit(
  truth: ArrayLike<number>,
  means: ArrayLike<number>,
  sigmas: ArrayLike<number>,
): Float64Array {
  checkGaussians(truth, means, sigmas, "gaussianPit");
  return Float64Array.from({ length: truth.length }, (_, row) =>
    normalProbability((truth[row] - means[row]) / sigmas[row]),
  );
}
