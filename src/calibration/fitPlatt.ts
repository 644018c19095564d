import type { PlattCalibrator } from "./Calibrator.js";
import { fitEachClass } from "./fitEachClass.js";
import { logOdds } from "./logProbability.js";
import { plattSigmoid } from "./plattSigmoid.js";

/**
 * Platt scaling, one class against all others: a sigmoid of the log odds of each class, then rows divided by their sum.
 * For one fit over all classes at once see fitMatrixScaling. A class without rows keeps its probability (before the
 * division), and is named in `withoutRows`.
 *
 * @param labels         true class codes, shape [n], n at least 2, of at least 2 classes
 * @param probabilities  row-major, shape [n, classes], rows sum to 1
 * @param options.weights  one per row (default 1 each)
 * @throws RangeError if those do not hold
 * @see plattSigmoid; Zadrozny and Elkan 2002, doi:10.1145/775047.775151, for several classes
 */
export function fitPlatt(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  { weights }: { readonly weights?: ArrayLike<number> } = {},
): PlattCalibrator {
  return {
    method: "platt",
    ...fitEachClass(
      labels,
      probabilities,
      weights,
      (events, of, weight) => plattSigmoid(events, of.map(logOdds), { weights: weight }),
      "fitPlatt",
    ),
  };
}
