import { confusionMargins, confusionMatrix, type CodesOptions } from "./confusionMatrix.js";

/**
 * Mean recall over the classes that occur among the labels: each counts alike, however rare. A constant answer gets one
 * over their number.
 *
 * @param labels       true class codes, shape [n]
 * @param predictions  predicted class codes, shape [n]
 * @returns in [0, 1]; larger is better
 * @throws RangeError as confusionMatrix does
 *
 * @example
 * ```ts
 * import { balancedAccuracy } from "cspbbr3-twin";
 *
 * console.log(balancedAccuracy([0, 0, 0, 1], [0, 0, 0, 0]));
 * // 0.5
 * ```
 */
export function balancedAccuracy(
  labels: ArrayLike<number>,
  predictions: ArrayLike<number>,
  options: CodesOptions = {},
): number {
  const { truth, hits } = confusionMargins(confusionMatrix(labels, predictions, options));
  const recalls = Array.from(hits, (hit, k) => hit / truth[k]).filter((_, k) => truth[k] > 0);
  return recalls.reduce((a, b) => a + b) / recalls.length;
}
