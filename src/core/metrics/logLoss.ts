import { checkCodes } from "./checkCodes.js";
import { checkProbabilities } from "./checkProbabilities.js";
import { rowWeights } from "../statistics/rowWeights.js";

/**
 * Mean negative log likelihood of the labels, in nats: a proper scoring rule, so nothing is gained by misreporting
 * what one believes.
 *
 * @param labels         true class codes, shape [n]
 * @param probabilities  row-major, shape [n, classes], rows sum to 1
 * @param options.weights  one per row (default 1 each)
 * @param options.floor    smallest probability that counts as itself (default 1e-15): one certain error would else cost
 *   infinitely much and hide all others
 * @returns at least 0; smaller is better
 * @throws RangeError if lengths differ, a label is no code, or rows are no probabilities
 * @see Good 1952, doi:10.1111/j.2517-6161.1952.tb00104.x
 *
 * @example
 * ```ts
 * import { logLoss } from "cspbbr3-twin";
 *
 * console.log(logLoss([0, 1], [0.9, 0.1, 0.5, 0.5]).toFixed(4));
 * // 0.3993
 * ```
 */
export function logLoss(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  { weights, floor = 1e-15 }: { readonly weights?: ArrayLike<number>; readonly floor?: number } = {},
): number {
  const weight = rowWeights(weights, labels.length, "logLoss");
  const classes = checkProbabilities(probabilities, labels.length, "logLoss");
  checkCodes(labels, classes, "logLoss");
  let [loss, total] = [0, 0];
  for (let row = 0; row < labels.length; row++) {
    loss -= weight[row] * Math.log(Math.min(1, Math.max(floor, probabilities[row * classes + labels[row]])));
    total += weight[row];
  }
  return loss / total;
}
