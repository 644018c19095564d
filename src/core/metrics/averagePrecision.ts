import { checkScores } from "./checkScores.js";
import { rowWeights } from "../statistics/rowWeights.js";

/**
 * Average precision: precision at each score threshold, weighted by the recall that the threshold adds (a sum of steps;
 * interpolating the curve would flatter it). A useless score gets the share of positive rows.
 *
 * @param labels  1 for positive rows, 0 for others, shape [n]
 * @param scores  larger where positive is likelier; any finite numbers, shape [n]
 * @param options.weights  one per row (default 1 each)
 * @returns in (0, 1]; larger is better; null where no row is positive
 * @throws RangeError if lengths differ, a label is neither 0 nor 1, or a score is not finite
 * @see Davis and Goadrich 2006, doi:10.1145/1143844.1143874
 */
export function averagePrecision(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  { weights }: { readonly weights?: ArrayLike<number> } = {},
): number | null {
  const weight = rowWeights(weights, labels.length, "averagePrecision");
  checkScores(labels, scores, "averagePrecision");
  const order = Uint32Array.from({ length: labels.length }, (_, row) => row).sort((a, b) => scores[b] - scores[a]);
  let [positives, answered, sum] = [0, 0, 0];
  for (let from = 0; from < order.length;) {
    let [added, to] = [0, from];
    for (; to < order.length && scores[order[to]] === scores[order[from]]; to++) {
      if (labels[order[to]] === 1) added += weight[order[to]];
      answered += weight[order[to]];
    }
    positives += added;
    if (answered > 0) sum += added * (positives / answered);
    from = to;
  }
  return positives > 0 ? sum / positives : null;
}
