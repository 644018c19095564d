import { checkCodes } from "./checkCodes.js";
import { checkProbabilities } from "./checkProbabilities.js";
import { rowWeights } from "../statistics/rowWeights.js";

/**
 * Share of rows whose class is among the k likeliest; among equal probabilities the lower code comes first.
 *
 * @param labels         true class codes, shape [n]
 * @param probabilities  row-major, shape [n, classes], rows sum to 1
 * @param options.k      1 to the number of classes
 * @returns in [0, 1]; larger is better
 * @throws RangeError if lengths differ, a label is no code, rows are no probabilities, or k does not fit
 */
export function topKAccuracy(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  { k = 2, weights }: { readonly k?: number; readonly weights?: ArrayLike<number> } = {},
): number {
  const weight = rowWeights(weights, labels.length, "topKAccuracy");
  const classes = checkProbabilities(probabilities, labels.length, "topKAccuracy");
  checkCodes(labels, classes, "topKAccuracy");
  if (!(Number.isInteger(k) && k >= 1 && k <= classes))
    throw new RangeError(`topKAccuracy: k must be an integer from 1 to the ${classes} classes; got ${k}`);
  let [hits, total] = [0, 0];
  for (let row = 0; row < labels.length; row++) {
    const own = probabilities[row * classes + labels[row]];
    let ahead = 0;
    for (let c = 0; c < classes; c++) {
      const other = probabilities[row * classes + c];
      if (other > own || (other === own && c < labels[row])) ahead++;
    }
    if (ahead < k) hits += weight[row];
    total += weight[row];
  }
  return hits / total;
}
