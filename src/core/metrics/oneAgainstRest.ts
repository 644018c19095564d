import { checkCodes } from "./checkCodes.js";
import { checkProbabilities } from "./checkProbabilities.js";

/**
 * One class of several as a question of yes or no, for rocAuc, averagePrecision and binnedCalibrationError.
 *
 * @param labels         true class codes, shape [n]
 * @param probabilities  row-major, shape [n, classes], rows sum to 1
 * @param code           the class asked for
 * @returns labels 1 where it is that class, and its probabilities, shape [n] each
 * @throws RangeError if lengths differ, a label or `code` is no code, or rows are no probabilities
 */
export function oneAgainstRest(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  code: number,
): { readonly labels: Uint8Array; readonly scores: Float64Array } {
  const classes = checkProbabilities(probabilities, labels.length, "oneAgainstRest");
  checkCodes(labels, classes, "oneAgainstRest");
  checkCodes([code], classes, "oneAgainstRest of the class asked for");
  return {
    labels: Uint8Array.from({ length: labels.length }, (_, row) => Number(labels[row] === code)),
    scores: Float64Array.from({ length: labels.length }, (_, row) => Math.min(1, probabilities[row * classes + code])),
  };
}
