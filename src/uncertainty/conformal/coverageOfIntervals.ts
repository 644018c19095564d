import type { Interval } from "../../core/statistics/Interval.js";
import type { Random } from "../../core/random/Random.js";
import { checkCovered } from "./checkCovered.js";
import type { PredictionIntervals } from "./conformalIntervals.js";
import { rowsNeeded } from "./conformalRank.js";
import { conformalThreshold } from "./conformalThreshold.js";
import type { CoverageOptions } from "./coverageByStratum.js";
import { coverageInterval } from "../../core/statistics/coverageInterval.js";

/** How often intervals held the truth on test rows, and how wide they are. */
export interface IntervalCoverage {
  readonly n: number;
  /** 1 where the interval held the truth, by row: for coverageByStratum. */
  readonly covered: Uint8Array;
  readonly coverage: number;
  /** As of SetCoverage. */
  readonly interval: Interval | null;
  /** Unit of the target; an empty interval counts 0. null where one is unbounded. */
  readonly meanWidth: number | null;
  /**
   * Of the interval that would do without a model: the middle 1 - alpha of the reference values. null where they are
   * too few.
   */
  readonly marginalWidth: number | null;
  /**
   * Mean width over marginal width: what the model is worth; null where either is null, or the reference is constant.
   */
  readonly relativeWidth: number | null;
  readonly reason: string | null;
}

/**
 * How well intervals keep their promise on test rows, and how wide they are for it.
 *
 * @param intervals  of the test rows, from conformalIntervals
 * @param truth      true values of the test rows, none of them calibrated on
 * @param options.alpha      share that may be missed, as fitted
 * @param options.reference  true values of the calibration rows, for the interval without a model
 * @param options.level      default 0.9, as equivalence tests need
 * @param options.groups     lab, batch or paper of each row; needs `random`
 * @throws RangeError if a true value is not finite, an end is NaN (row named), lengths differ, or groups come without
 *   a stream
 */
export function coverageOfIntervals(
  { low, high }: PredictionIntervals,
  truth: ArrayLike<number>,
  { alpha, reference, level = 0.9, groups }: CoverageOptions & { readonly reference: ArrayLike<number> },
  random?: Random,
): IntervalCoverage {
  const n = truth.length;
  if (low.length !== n || high.length !== n)
    throw new RangeError(`coverageOfIntervals: one interval per true value is needed; got ${low.length} for ${n}`);
  const covered = Uint8Array.from({ length: n }, (_, row) => {
    if (!Number.isFinite(truth[row]) || Number.isNaN(low[row]) || Number.isNaN(high[row]))
      throw new RangeError(
        "coverageOfIntervals: true values must be finite and ends no NaN; " +
          `row ${row} has ${truth[row]} in [${low[row]}, ${high[row]}]`,
      );
    return truth[row] >= low[row] && truth[row] <= high[row] ? 1 : 0;
  });
  checkCovered(covered, { alpha, level, groups }, random, "coverageOfIntervals");
  const meanWidth = low.reduce((sum, from, row) => sum + Math.max(0, high[row] - from), 0) / n;
  const marginalWidth = widthWithoutModel(reference, alpha);
  const bounded = Number.isFinite(meanWidth);
  return {
    n,
    covered,
    coverage: covered.reduce((sum, one) => sum + one, 0) / n,
    interval: coverageInterval(covered, groups && { groups, random: random!.fork("all") }, level),
    meanWidth: bounded ? meanWidth : null,
    marginalWidth,
    relativeWidth: bounded && marginalWidth !== null && marginalWidth > 0 ? meanWidth / marginalWidth : null,
    reason: !bounded
      ? "an interval is unbounded"
      : marginalWidth === null
        ? `alpha = ${alpha} needs at least ${rowsNeeded(alpha / 2)} reference values; got ${reference.length}`
        : marginalWidth > 0
          ? null
          : "the reference values are constant",
  };
}

/** Half of alpha is left out at each end, with the ranks of conformal prediction. */
function widthWithoutModel(reference: ArrayLike<number>, alpha: number): number | null {
  const upper = conformalThreshold(reference, alpha / 2).value;
  const lower = conformalThreshold(
    Float64Array.from(reference, (value) => -value),
    alpha / 2,
  ).value;
  return upper === null || lower === null ? null : upper + lower;
}
