import { checkScores } from "./checkScores.js";
import { rowWeights } from "../statistics/rowWeights.js";

/**
 * Area under the receiver operating characteristic: how likely a positive row scores above a negative one, ties half.
 *
 * @param labels  1 for positive rows, 0 for others, shape [n]
 * @param scores  larger where positive is likelier; any finite numbers, shape [n]
 * @param options.weights  one per row (default 1 each)
 * @returns in [0, 1], 0.5 at chance; null where only one kind of row is there
 * @throws RangeError if lengths differ, a label is neither 0 nor 1, or a score is not finite
 * @see Hanley and McNeil 1982, doi:10.1148/radiology.143.1.7063747
 */
export function rocAuc(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  { weights }: { readonly weights?: ArrayLike<number> } = {},
): number | null {
  const weight = rowWeights(weights, labels.length, "rocAuc");
  checkScores(labels, scores, "rocAuc");
  const order = Uint32Array.from({ length: labels.length }, (_, row) => row).sort((a, b) => scores[a] - scores[b]);
  return rocAreaInOrder(order, labels, scores, weight);
}

/** The same for rows already in ascending order of their scores, unchecked: a bootstrap sorts once. */
export function rocAreaInOrder(
  order: Uint32Array,
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  weight: ArrayLike<number>,
): number | null {
  let [positives, negatives, area] = [0, 0, 0];
  for (let from = 0; from < order.length;) {
    let [tiedPositives, tiedNegatives, to] = [0, 0, from];
    for (; to < order.length && scores[order[to]] === scores[order[from]]; to++) {
      if (labels[order[to]] === 1) tiedPositives += weight[order[to]];
      else tiedNegatives += weight[order[to]];
    }
    area += tiedPositives * (negatives + tiedNegatives / 2);
    positives += tiedPositives;
    negatives += tiedNegatives;
    from = to;
  }
  return positives > 0 && negatives > 0 ? area / (positives * negatives) : null;
}
