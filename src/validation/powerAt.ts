import { studentPower } from "../core/statistics/studentPower.js";
import type { GainSpread } from "./pairedComparison.js";

/**
 * Power of a comparison: how often so many groups that scatter as these do would show a true gain of that size.
 *
 * The noncentral Student law of gain over standard error, which is exact where groups are equal and their gains normal,
 * and otherwise as good as the interval. The standard error is itself estimated, and of few groups more often too small
 * than too large: its median takes its place, so that the power is as often stated too low as too high. With few groups
 * it stays rough.
 *
 * @param difference  true gain, in the unit of the statistic: 0.05 in R²; of a margin it is how often a rival that is
 *   as good is shown to be not worse by more
 * @param spread      of a comparison
 * @returns in [0, 1]; alpha at no difference
 * @throws RangeError if the difference or the standard error is not finite
 *
 * @example
 * ```ts
 * import { powerAt } from "cspbbr3-twin";
 *
 * const spread = { standardError: 0.08, freedom: 12, alpha: 0.05 };
 * console.log(powerAt(0.05, spread).toFixed(2), powerAt(0.2, spread).toFixed(2));
 * // 0.14 0.74
 * ```
 */
export function powerAt(difference: number, { standardError, freedom, alpha }: GainSpread): number {
  if (!(Number.isFinite(difference) && standardError >= 0 && standardError < Infinity))
    throw new RangeError(
      "powerAt: the difference must be finite and the standard error at least 0; " +
        `got ${difference} and ${standardError}`,
    );
  // Rivals that differ alike in every group leave nothing to chance.
  if (standardError === 0) return difference > 0 ? 1 : difference < 0 ? 0 : alpha;
  return studentPower(difference / medianError({ standardError, freedom }), { freedom, alpha });
}

/**
 * The standard error of which the one at hand would be the median, were it estimated again and again.
 *
 * @see Wilson and Hilferty 1931, doi:10.1073/pnas.17.12.684 (median of chi-square)
 */
export function medianError({ standardError, freedom }: Pick<GainSpread, "standardError" | "freedom">): number {
  return standardError / Math.sqrt((1 - 2 / (9 * freedom)) ** 3);
}
