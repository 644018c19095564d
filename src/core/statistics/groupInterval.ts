import type { Random } from "../random/Random.js";
import { checkResampling, type ResamplingOptions } from "./checkResampling.js";
import { effectiveGroups } from "./effectiveGroups.js";
import { groupJackknife, groupMembers } from "./groupJackknife.js";
import type { IntervalOrReason } from "./Interval.js";
import { jackknifeInterval, type StatisticKind } from "./jackknifeInterval.js";
import { percentileInterval } from "./percentileInterval.js";

export interface GroupIntervalOptions extends ResamplingOptions {
  /** What kind of number the statistic is (default: "share" where it is 0 or 1 of each row alone, else "mean"). */
  readonly kind?: StatisticKind;
  /**
   * Rows of each group that count in the statistic, in the order in which groups first appear (default: all its
   * rows). Needed where a row stands for a group, or the statistic looks at some rows only.
   */
  readonly sizes?: ArrayLike<number>;
}

/**
 * From so many effective groups on, whole groups are drawn. With fewer, the percentiles of draws hold too seldom: at
 * 40 an R² in 89 % instead of 95 %, at 5 a mean in 83 %.
 */
export const enoughToDraw = 50;

/**
 * Interval of a statistic when rows come in groups (papers, labs, batches), the one rule for all of them. Rows of a
 * group are never taken as independent. From 50 effective groups on it is the percentile bootstrap that draws groups
 * whole; with fewer, the jackknife that leaves out one after another, which holds from 2 groups on. The method says
 * which. The statistic of all rows is what is estimated, so a mean over rows stays one.
 *
 * @param groups     group of each row, shape [n]; any labels
 * @param statistic  of a multiset of row indices; draws for which it is NaN are an error, not a skip
 * @param random     required; equal streams give equal intervals
 * @param options    2,000 draws, level 0.95
 * @returns the interval, or the reason why none holds: a single group, one that has nearly all rows, too few for R²
 * @throws RangeError if a draw is not finite, sizes are not one per group, or options do not fit
 * @see Davison & Hinkley 1997, section 3.8 (draws); jackknifeInterval
 *
 * @example
 * ```ts
 * import { groupInterval, seededRandom } from "cspbbr3-twin";
 *
 * const papers = ["a", "a", "b", "b", "c", "c", "d", "d"];
 * const right = [1, 1, 1, 0, 0, 0, 1, 1];
 * const share = (rows: Uint32Array): number => rows.reduce((sum, row) => sum + right[row], 0) / rows.length;
 * const { interval } = groupInterval(papers, share, seededRandom(1), { kind: "share", unit: "paper" });
 * console.log(interval?.low.toFixed(2), interval?.high.toFixed(2), interval?.method);
 * // 0.01 1.00 jackknife by paper, beta
 * ```
 */
export function groupInterval(
  groups: readonly (string | number)[],
  statistic: (rows: Uint32Array) => number,
  random: Random,
  { draws = 2000, level = 0.95, unit = "group", kind: told, sizes: given }: GroupIntervalOptions = {},
): IntervalOrReason {
  checkResampling({ draws, level }, "groupInterval");
  const members = groupMembers(groups);
  const sizes = given ?? members.map(({ length }) => length);
  if (sizes.length !== members.length)
    throw new RangeError(
      `groupInterval: one size per group is needed; got ${sizes.length} for ${members.length} groups`,
    );
  const counting = members.filter((_, group) => sizes[group] > 0);
  if (counting.length < 2)
    return {
      interval: null,
      reason:
        `at least 2 groups are needed; got ${counting.length}; ` +
        `an interval over one ${unit} would claim what it cannot know`,
    };
  const effective = effectiveGroups(sizes);
  const all = Uint32Array.from(groups.keys());
  const kind = told ?? (isShare(statistic, groups.length) ? "share" : "mean");
  // Draws of rows that are all right, or all wrong, are too, and would claim certainty.
  const value = statistic(all);
  const isAlike = kind === "share" && [0, 1].includes(value);
  if (effective >= enoughToDraw && !isAlike)
    return { interval: percentileInterval(members, statistic, random, { draws, level, unit }), reason: null };
  // Many groups, all alike: without any of them the share is what it was, and 20,000 groups take no minutes.
  const rows = Array.from(sizes).reduce((a, b) => a + b, 0);
  const values =
    effective >= enoughToDraw
      ? { value, without: counting.map(() => value), rows, effective }
      : groupJackknife(groups, statistic, { sizes });
  return jackknifeInterval(values, { kind, level, unit });
}

/** A share is what is 0 or 1 of each row alone; what cannot be said of one row is none. */
function isShare(statistic: (rows: Uint32Array) => number, rows: number): boolean {
  try {
    for (let row = 0; row < rows; row++) if (![0, 1].includes(statistic(Uint32Array.of(row)))) return false;
  } catch {
    return false;
  }
  const all = statistic(Uint32Array.from({ length: rows }, (_, row) => row));
  return all >= 0 && all <= 1;
}

/** How many rows each group has, groups in order of first appearance. */
export function groupSizes(groups: readonly (string | number)[]): number[] {
  return groupMembers(groups).map(({ length }) => length);
}
