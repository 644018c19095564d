import { bestTemperature, temperatureLimits } from "./bestTemperature.js";
import type { TemperatureCalibrator } from "./Calibrator.js";
import { calibrationRows } from "./calibrationRows.js";

/**
 * Temperature scaling: softmax(log p / T) with the one T that makes the labels likeliest. The likeliest class stays
 * the likeliest; T above 1 takes overconfidence back. Rows that give every class the same probability fit every T
 * equally: T is then 1. Where labels are worse than chance under the probabilities, T ends at 100, which says nearly
 * nothing.
 *
 * @param labels         true class codes, shape [n], n at least 2, of at least 2 classes
 * @param probabilities  row-major, shape [n, classes], rows sum to 1; below 1e-15 they count as that
 * @param options.weights  one per row (default 1 each)
 * @throws RangeError if those do not hold, or if every row is answered right, so that no T above 0 is the best
 * @see Guo et al. 2017, arXiv:1706.04599, section 4.2
 *
 * @example
 * ```ts
 * import { fitTemperature } from "cspbbr3-twin";
 *
 * const labels = [0, 0, 0, 1, 1, 1, 1, 0];
 * const probabilities = labels.flatMap((_, row) => (row < 4 ? [0.95, 0.05] : [0.05, 0.95]));
 * console.log(fitTemperature(labels, probabilities).temperature.toFixed(2));
 * // 2.68
 * ```
 */
export function fitTemperature(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  { weights }: { readonly weights?: ArrayLike<number> } = {},
): TemperatureCalibrator {
  const rows = calibrationRows(labels, probabilities, weights, "fitTemperature");
  const temperature = bestTemperature(labels, probabilities, rows);
  if (temperature === null)
    throw new RangeError(
      "fitTemperature: some rows must be answered wrongly or in doubt; " +
        `got ${labels.length} rows whose best temperature lies below ${temperatureLimits.coldest}, where every ` +
        "answer is certain; add rows, or use fitVectorScaling, whose penalty keeps it from certainty",
    );
  return { method: "temperature", classes: rows.classes, withoutRows: rows.withoutRows, temperature };
}
