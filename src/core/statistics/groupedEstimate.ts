import type { Random } from "../random/Random.js";
import { type Estimate, estimateOf } from "./Estimate.js";
import { groupBootstrapInterval } from "./groupBootstrapInterval.js";
import type { GroupIntervalOptions } from "./groupInterval.js";
import type { GroupedStatistic } from "./groupedStatistic.js";

/**
 * A statistic of all groups with the interval of groupInterval over them, widened to hold the value.
 *
 * @param groups     how many there are, at least 2
 * @param statistic  of a multiset of groups: groupedStatistic, or several put together
 * @param random     required; equal streams give equal intervals
 * @param options    2,000 draws, level 0.95; `unit` is what a group is, for the method text; sizes of groups and the
 *   kind of number as the statistic says, unless given
 * @throws RangeError as groupBootstrapInterval does
 *
 * @example
 * ```ts
 * import { estimateInWords, groupedEstimate, groupedStatistic, seededRandom } from "cspbbr3-twin";
 *
 * const sums = { right: Float64Array.of(9, 7, 8, 8), rows: Float64Array.of(10, 10, 10, 10) };
 * const accuracy = groupedStatistic(sums, ({ right, rows }) => right / rows, { over: "rows", kind: "share" });
 * const estimate = groupedEstimate(4, accuracy, seededRandom(1), { unit: "paper" });
 * console.log(estimateInWords(estimate), estimate.interval.method);
 * // 0.800 [0.521, 0.956] jackknife by paper, beta
 * ```
 */
export function groupedEstimate(
  groups: number,
  statistic: GroupedStatistic,
  random: Random,
  options: GroupIntervalOptions = {},
): Estimate {
  const { sizes, kind = "mean" } = statistic;
  const all = Uint32Array.from({ length: groups }, (_, group) => group);
  return estimateOf(
    statistic(all),
    groupBootstrapInterval(Array.from(all), statistic, random, { sizes, kind, ...options }),
  );
}
