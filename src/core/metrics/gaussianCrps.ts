import { checkGaussians } from "./checkGaussians.js";
import { normalProbability } from "../statistics/normalProbability.js";

/**
 * Continuous ranked probability score (CRPS) of normal forecasts. It is the squared distance between the forecast's
 * distribution function and that of the true value, in the unit of the target. Proper; for sigma near 0 the absolute
 * error. Smaller is better.
 *
 * @param truth   shape [n], finite
 * @param means   shape [n], finite
 * @param sigmas  shape [n], above 0
 * @returns one score per row, at least 0; of their mean meanWithInterval gives the interval
 * @throws RangeError if lengths differ or are 0, or a number does not fit (row named)
 * @see Gneiting and Raftery 2007, doi:10.1198/016214506000001437, equation 21
 */
export function gaussianCrps(
  truth: ArrayLike<number>,
  means: ArrayLike<number>,
  sigmas: ArrayLike<number>,
): Float64Array {
  checkGaussians(truth, means, sigmas, "gaussianCrps");
  return Float64Array.from({ length: truth.length }, (_, row) => {
    const z = (truth[row] - means[row]) / sigmas[row];
    const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
    return sigmas[row] * (z * (2 * normalProbability(z) - 1) + 2 * density - 1 / Math.sqrt(Math.PI));
  });
}
