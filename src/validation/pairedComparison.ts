import type { Random } from "../core/random/Random.js";
import { checkLevel } from "../core/statistics/checkLevel.js";
import { effectiveGroups } from "../core/statistics/effectiveGroups.js";
import { type EstimateOrReason, estimateOf } from "../core/statistics/Estimate.js";
import {
  enoughToDraw,
  groupInterval,
  groupSizes,
  type GroupIntervalOptions,
} from "../core/statistics/groupInterval.js";
import type { Interval } from "../core/statistics/Interval.js";
import { normalQuantile } from "../core/statistics/normalQuantile.js";
import { studentQuantile } from "../core/statistics/studentQuantile.js";

/** What two rivals showed on the same rows, and how finely these groups can tell them apart. */
export interface PairedComparison {
  /** By how much the first is better than the second; with the interval of groupInterval, or why there is none. */
  readonly gain: EstimateOrReason;
  /** The gains that two one-sided tests leave, each at alpha; null where there is no interval. */
  readonly bounds: Interval | null;
  /** What power is reckoned from; null where there is no interval. */
  readonly spread: GainSpread | null;
  readonly n: number;
  /** That have rows that count. */
  readonly groups: number;
  /** As many equal ones. */
  readonly effective: number;
}

/** How a gain scatters over groups, and at which level it is tested. */
export interface GainSpread {
  /** Of the gain, over groups. */
  readonly standardError: number;
  /** Effective groups less one. */
  readonly freedom: number;
  /** Of each one-sided test. */
  readonly alpha: number;
}

/** How rivals are compared: which is the better, and how sure the comparison is to be. */
export interface ComparisonOptions extends Omit<GroupIntervalOptions, "kind"> {
  /** Which statistic is the better one: "larger" for R² and accuracy (default), "smaller" for losses. */
  readonly better?: "larger" | "smaller";
  /** Of each one-sided test, in (0, 0.5) (default 0.05). */
  readonly alpha?: number;
}

/**
 * Two rivals on the same rows: by how much the first is better, with an interval by whole groups. It knows how that
 * gain scatters over groups, from which detectableDifference and powerAt say what these groups could have shown.
 *
 * The interval is that of pairedDifference, which holds at few groups. The standard error is the one that it rests on:
 * half its width over its quantile, Student's with effective groups less one degrees of freedom where groups are few.
 *
 * @param groups  group of each row (paper, recipe, plate), shape [n]
 * @param first   statistic of a multiset of row indices: meanOfRows of losses, explainedOfRows, or any other
 * @param second  likewise, of its rival
 * @param random  required; equal streams give equal comparisons
 * @returns without an interval, and with the reason, over fewer than two groups
 * @throws RangeError if the statistics are not finite on all rows or on a draw; InputError if an option does not fit
 *
 * @example
 * ```ts
 * import { judgeComparison, meanOfRows, pairedComparison, seededRandom } from "cspbbr3-twin";
 *
 * const papers = ["a", "a", "b", "b", "c", "c", "d", "d"];
 * const [ours, theirs] = [[1, 2, 1, 1, 2, 1, 1, 2], [3, 3, 3, 2, 4, 4, 3, 3]].map(meanOfRows);
 * const comparison = pairedComparison(papers, ours, theirs, seededRandom(1), { better: "smaller", unit: "paper" });
 * const { verdict, power } = judgeComparison(comparison, { margin: 1 });
 * console.log(comparison.gain.value, comparison.bounds?.low.toFixed(2), verdict, power?.toFixed(2));
 * // 1.75 1.16 better 0.85
 * ```
 */
export function pairedComparison(
  groups: readonly (string | number)[],
  first: (rows: Uint32Array) => number,
  second: (rows: Uint32Array) => number,
  random: Random,
  { better = "larger", alpha = 0.05, level = 0.95, ...options }: ComparisonOptions = {},
): PairedComparison {
  checkLevel(2 * alpha, "pairedComparison, twice alpha");
  const sign = better === "larger" ? 1 : -1;
  const gainOf = (rows: Uint32Array): number => sign * (first(rows) - second(rows));
  const value = gainOf(Uint32Array.from(groups.keys()));
  if (groups.length > 0 && !Number.isFinite(value))
    throw new RangeError(
      `pairedComparison: both statistics must be finite on all ${groups.length} rows; their difference is ${value}; ` +
        "leave out rows without a value, and say how many",
    );
  const sizes = Array.from(options.sizes ?? groupSizes(groups));
  const effective = sizes.some((size) => size > 0) ? effectiveGroups(sizes) : 0;
  const counted = { n: groups.length, groups: sizes.filter((size) => size > 0).length, effective };
  const intervalAt = (at: number) => groupInterval(groups, gainOf, random, { ...options, level: at, kind: "mean" });
  const { interval, reason } = intervalAt(level);
  const bounds = intervalAt(1 - 2 * alpha).interval;
  if (interval === null || bounds === null)
    return {
      gain: { value: groups.length > 0 ? value : null, interval: null, reason: reason ?? "no interval holds" },
      bounds: null,
      spread: null,
      ...counted,
    };
  const freedom = effective - 1;
  const quantile = effective >= enoughToDraw ? normalQuantile(1 - alpha) : studentQuantile(1 - alpha, freedom);
  return {
    gain: { ...estimateOf(value, interval), reason: null },
    bounds,
    spread: { standardError: (bounds.high - bounds.low) / 2 / quantile, freedom, alpha },
    ...counted,
  };
}
