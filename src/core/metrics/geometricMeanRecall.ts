import { confusionMargins, confusionMatrix, type CodesOptions } from "./confusionMatrix.js";

/**
 * Geometric mean of the recalls of the classes that occur among
 * the labels: 0 as soon as one of them is never recognised.
 *
 * @param labels       true class codes, shape [n]
 * @param predictions  predicted class codes, shape [n]
 * @returns in [0, 1]; larger is better
 * @throws RangeError as confusionMatrix does
 * @see Kubat and Matwin 1997, ICML
 */
export function geometricMeanRecall(
  labels: ArrayLike<number>,
  predictions: ArrayLike<number>,
  options: CodesOptions = {},
): number {
  const { truth, hits } = confusionMargins(confusionMatrix(labels, predictions, options));
  const logs = Array.from(hits, (hit, k) => Math.log(hit / truth[k])).filter((_, k) => truth[k] > 0);
  return Math.exp(logs.reduce((a, b) => a + b) / logs.length);
}
