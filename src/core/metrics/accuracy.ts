import { confusionMargins, confusionMatrix, type CodesOptions } from "./confusionMatrix.js";

/**
 * Share of rows whose class was predicted; on imbalanced classes
 * show it beside the majority's, or use balancedAccuracy.
 *
 * @param labels       true class codes, shape [n]
 * @param predictions  predicted class codes, shape [n]
 * @returns in [0, 1]; larger is better
 * @throws RangeError as confusionMatrix does
 *
 * @example
 * ```ts
 * import { accuracy } from "cspbbr3-twin";
 *
 * console.log(accuracy([0, 0, 0, 1], [0, 0, 1, 1]));
 * // 0.75
 * ```
 */
export function accuracy(
  labels: ArrayLike<number>,
  predictions: ArrayLike<number>,
  options: CodesOptions = {},
): number {
  const { hits, total } = confusionMargins(confusionMatrix(labels, predictions, options));
  return hits.reduce((a, b) => a + b) / total;
}
