import { InputError } from "../core/InputError.js";
import type { TemperatureCalibrator } from "./Calibrator.js";
import { calibrationRows } from "./calibrationRows.js";
import { logProbability } from "./logProbability.js";

/** Temperatures that are looked at: 0.01 makes 0.6 against 0.4 certain, 100 makes 0.99 against 0.01 even. */
const limits = { coldest: 0.01, hottest: 100 };

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
  const logs = Float64Array.from(probabilities, logProbability);
  const slope = (inverse: number): Slope => slopeAt(inverse, labels, logs, rows.weights, rows.classes);
  let [low, high] = [1 / limits.hottest, 1 / limits.coldest];
  const [slopeLow, slopeHigh] = [slope(low).first, slope(high).first];
  const withTemperature = (temperature: number): TemperatureCalibrator => ({
    method: "temperature",
    classes: rows.classes,
    withoutRows: rows.withoutRows,
    temperature,
  });
  if (Math.abs(slopeHigh - slopeLow) < 1e-12) return withTemperature(1);
  if (slopeLow >= 0) return withTemperature(limits.hottest);
  if (slopeHigh <= 0)
    throw new RangeError(
      "fitTemperature: some rows must be answered wrongly or in doubt; " +
        `got ${labels.length} rows whose best temperature lies below ${limits.coldest}, where every answer is ` +
        "certain; add rows, or use fitVectorScaling, whose penalty keeps it from certainty",
    );
  // Newton's method on a convex function of 1/T, kept between the ends that its slope leaves open.
  let [inverse, moved] = [1, Infinity];
  for (let round = 0; round < 200 && moved > 1e-14 * inverse; round++) {
    const { first, second } = slope(inverse);
    if (first > 0) high = inverse;
    else low = inverse;
    const step = inverse - first / second;
    const next = step > low && step < high ? step : (low + high) / 2;
    moved = Math.abs(next - inverse);
    inverse = next;
  }
  if (moved > 1e-9 * inverse)
    throw new InputError({
      where: "fitTemperature",
      must: "the search for the temperature must settle",
      got: `a step of ${moved} at 1/T = ${inverse} after 200 rounds`,
      mend: "look for weights that differ by many orders of magnitude",
    });
  return withTemperature(1 / inverse);
}

interface Slope {
  readonly first: number;
  readonly second: number;
}

/**
 * Derivatives of the mean log loss of softmax(inverse · logs) by `inverse`: mean log under the forecast minus that of
 * the label, and its variance.
 */
function slopeAt(
  inverse: number,
  labels: ArrayLike<number>,
  logs: Float64Array,
  weights: ArrayLike<number>,
  classes: number,
): Slope {
  let [first, second, total] = [0, 0, 0];
  for (let row = 0; row < labels.length; row++) {
    const from = row * classes;
    let highest = -Infinity;
    for (let k = 0; k < classes; k++) highest = Math.max(highest, logs[from + k]);
    let [odds, mean, square] = [0, 0, 0];
    for (let k = 0; k < classes; k++) {
      const below = logs[from + k] - highest;
      const one = Math.exp(inverse * below);
      odds += one;
      mean += one * below;
      square += one * below * below;
    }
    mean /= odds;
    first += weights[row] * (mean - (logs[from + labels[row]] - highest));
    second += weights[row] * (square / odds - mean * mean);
    total += weights[row];
  }
  return { first: first / total, second: second / total };
}
