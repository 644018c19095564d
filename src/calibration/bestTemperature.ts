import { InputError } from "../core/InputError.js";
import type { CalibrationRows } from "./calibrationRows.js";
import { logProbability } from "./logProbability.js";

/** Temperatures that are looked at: 0.01 makes 0.6 against 0.4 certain, 100 makes 0.99 against 0.01 even. */
export const temperatureLimits = { coldest: 0.01, hottest: 100 } as const;

/**
 * The temperature T that makes labels likeliest under softmax(log p / T), as fitTemperature says; 1 where every T does
 * equally, the hottest where labels are worse than chance.
 *
 * @param labels         class codes of at least 2 classes, shape [n]
 * @param probabilities  row-major, shape [n, classes]
 * @returns null where every row is answered right, so that no T above 0 is the best
 */
export function bestTemperature(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  { classes, weights }: Pick<CalibrationRows, "classes" | "weights">,
): number | null {
  const logs = Float64Array.from(probabilities, logProbability);
  const slope = (inverse: number): Slope => slopeAt(inverse, labels, logs, weights, classes);
  let [low, high] = [1 / temperatureLimits.hottest, 1 / temperatureLimits.coldest];
  const [slopeLow, slopeHigh] = [slope(low).first, slope(high).first];
  if (Math.abs(slopeHigh - slopeLow) < 1e-12) return 1;
  if (slopeLow >= 0) return temperatureLimits.hottest;
  if (slopeHigh <= 0) return null;
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
  return 1 / inverse;
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
