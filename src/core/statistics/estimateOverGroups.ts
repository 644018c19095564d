import type { Random } from "../random/Random.js";
import { type EstimateOrReason, estimateOf } from "./Estimate.js";
import { groupInterval, type GroupIntervalOptions } from "./groupInterval.js";

/**
 * A statistic of all rows with the interval of groupInterval over their groups, widened to hold it; or the value alone,
 * with the reason why no interval holds.
 *
 * @param groups     group of each row, shape [n]
 * @param statistic  of a multiset of row indices: explainedOfRows, meanOfRows, or any other
 * @param random     required; equal streams give equal intervals
 * @param options    as of groupInterval; `alike` is said where the statistic of all rows is no number (default "all
 *   outcomes are alike")
 * @throws RangeError as groupInterval
 *
 * @example
 * ```ts
 * import { estimateOverGroups, meanOfRows, seededRandom } from "cspbbr3-twin";
 *
 * const papers = ["a", "a", "b", "c"];
 * const { value, interval } = estimateOverGroups(papers, meanOfRows([1, 3, 2, 2]), seededRandom(1), { unit: "paper" });
 * console.log(value, interval?.method.startsWith("jackknife by paper"));
 * // 2 true
 * ```
 */
export function estimateOverGroups(
  groups: readonly (string | number)[],
  statistic: (rows: Uint32Array) => number,
  random: Random,
  { alike = "all outcomes are alike", ...options }: GroupIntervalOptions & { readonly alike?: string } = {},
): EstimateOrReason {
  const value = statistic(Uint32Array.from(groups.keys()));
  if (!Number.isFinite(value)) return { value: null, interval: null, reason: alike };
  const { interval, reason } = groupInterval(groups, statistic, random, options);
  return interval === null ? { value, interval, reason } : { ...estimateOf(value, interval), reason: null };
}
