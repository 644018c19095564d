import { confusionMargins, confusionMatrix, type CodesOptions } from "./confusionMatrix.js";

/**
 * Matthews correlation of labels and predictions, for any number of classes: 1 all right, 0 no better than chance.
 *
 * @param labels       true class codes, shape [n]
 * @param predictions  predicted class codes, shape [n]
 * @returns in [-1, 1]; 0 where one side is constant and knows nothing of the other; null where both are
 * @throws RangeError as confusionMatrix does
 * @see Gorodkin 2004, doi:10.1016/j.compbiolchem.2004.09.006 (R_K)
 */
export function matthewsCorrelation(
  labels: ArrayLike<number>,
  predictions: ArrayLike<number>,
  options: CodesOptions = {},
): number | null {
  const { truth, predicted, hits, total } = confusionMargins(confusionMatrix(labels, predictions, options));
  const isConstant = (sums: Float64Array): boolean => sums.filter((sum) => sum > 0).length === 1;
  if (isConstant(truth) && isConstant(predicted)) return null;
  if (isConstant(truth) || isConstant(predicted)) return 0;
  const product = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, k) => sum + value * b[k], 0);
  const covariance = total * hits.reduce((a, b) => a + b) - product(truth, predicted);
  return covariance / Math.sqrt((total ** 2 - product(truth, truth)) * (total ** 2 - product(predicted, predicted)));
}
