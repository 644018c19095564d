import type { HistogramCalibrator, Steps } from "./Calibrator.js";
import { fitEachClass } from "./fitEachClass.js";

/**
 * Histogram binning, one class against all others: in bins of equal weight, the share of rows that were of the class,
 * then rows divided by their sum. Equal probabilities share a bin, so there can be fewer bins than asked for; where a
 * predictor always says the same there is one, the share of the class. A class without rows keeps its probability
 * (before the division), and is named in `withoutRows`.
 *
 * @param labels         true class codes, shape [n], n at least 2, of at least 2 classes
 * @param probabilities  row-major, shape [n, classes], rows sum to 1
 * @param options.weights  one per row (default 1 each)
 * @param options.bins     at least 1 (default 15)
 * @throws RangeError if those do not hold
 * @see Zadrozny and Elkan 2001, Obtaining calibrated probability estimates from decision trees and naive Bayesian
 *   classifiers
 */
export function fitHistogram(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  { weights, bins = 15 }: { readonly weights?: ArrayLike<number>; readonly bins?: number } = {},
): HistogramCalibrator {
  if (!(Number.isInteger(bins) && bins >= 1))
    throw new RangeError(`fitHistogram: bins must be an integer of at least 1; got ${bins}`);
  return {
    method: "histogram",
    ...fitEachClass(
      labels,
      probabilities,
      weights,
      (events, of, weight) => steps(events, of, weight, bins),
      "fitHistogram",
    ),
  };
}

function steps(events: Uint8Array, probabilities: Float64Array, weights: ArrayLike<number>, bins: number): Steps {
  const order = Uint32Array.from(probabilities.keys())
    .filter((row) => weights[row] > 0)
    .sort((a, b) => probabilities[a] - probabilities[b]);
  const total = order.reduce((sum, row) => sum + weights[row], 0);
  const [upTo, values]: [number[], number[]] = [[], []];
  let [before, inBin, hits] = [0, 0, 0];
  order.forEach((row, at) => {
    inBin += weights[row];
    hits += weights[row] * events[row];
    const isLast = at === order.length - 1;
    // A bin ends where its share of the weight is reached, but never between equals.
    if (
      !isLast &&
      (probabilities[order[at + 1]] === probabilities[row] ||
        before + inBin < ((total * (values.length + 1)) / bins) * (1 - 1e-12))
    )
      return;
    upTo.push(isLast ? probabilities[row] : (probabilities[row] + probabilities[order[at + 1]]) / 2);
    values.push(hits / inBin);
    before += inBin;
    inBin = hits = 0;
  });
  return { upTo, values };
}
