import { checkCodes } from "./checkCodes.js";
import { checkProbabilities } from "./checkProbabilities.js";
import { rowWeights } from "../statistics/rowWeights.js";

/**
 * Brier score: mean squared distance of probabilities from what came true, summed over classes. That is as Brier
 * defined it; for two classes it is twice the one-column score of scikit-learn. Proper, as logLoss is, and bounded.
 *
 * @param labels         true class codes, shape [n]
 * @param probabilities  row-major, shape [n, classes], rows sum to 1
 * @param options.weights  one per row (default 1 each)
 * @returns in [0, 2]; smaller is better
 * @throws RangeError if lengths differ, a label is no code, or rows are no probabilities
 * @see Brier 1950, doi:10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2
 */
export function brierScore(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  { weights }: { readonly weights?: ArrayLike<number> } = {},
): number {
  const weight = rowWeights(weights, labels.length, "brierScore");
  const classes = checkProbabilities(probabilities, labels.length, "brierScore");
  checkCodes(labels, classes, "brierScore");
  let [loss, total] = [0, 0];
  for (let row = 0; row < labels.length; row++) {
    for (let k = 0; k < classes; k++)
      loss += weight[row] * (probabilities[row * classes + k] - Number(labels[row] === k)) ** 2;
    total += weight[row];
  }
  return loss / total;
}
