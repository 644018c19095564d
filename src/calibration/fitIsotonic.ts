import type { IsotonicCalibrator } from "./Calibrator.js";
import { fitEachClass } from "./fitEachClass.js";
import { isotonicRegression } from "./isotonicRegression.js";

/**
 * Isotonic calibration, one class against all others: the rising curve closest to what came true, then rows divided
 * by their sum. It assumes nothing of the shape and so asks for many rows; it can say 0 and 1, which a log loss
 * punishes. A class without rows keeps its probability (before the division), and is named in `withoutRows`.
 *
 * @param labels         true class codes, shape [n], n at least 2, of at least 2 classes
 * @param probabilities  row-major, shape [n, classes], rows sum to 1
 * @param options.weights  one per row (default 1 each)
 * @throws RangeError if those do not hold
 * @see Zadrozny and Elkan 2002, doi:10.1145/775047.775151
 */
export function fitIsotonic(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  { weights }: { readonly weights?: ArrayLike<number> } = {},
): IsotonicCalibrator {
  return {
    method: "isotonic",
    ...fitEachClass(
      labels,
      probabilities,
      weights,
      (events, of, weight) => isotonicRegression(of, events, { weights: weight }),
      "fitIsotonic",
    ),
  };
}
