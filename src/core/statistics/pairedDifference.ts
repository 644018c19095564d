import { estimateOf } from "./Estimate.js";
import type { Interval } from "./Interval.js";
import { groupBootstrapInterval } from "./groupBootstrapInterval.js";
import type { GroupIntervalOptions } from "./groupInterval.js";
import type { Random } from "../random/Random.js";

/** A statistic of one model minus that of another. */
export interface PairedDifference {
  readonly difference: number;
  readonly interval: Interval;
}

/**
 * Difference of two statistics on the same rows, first minus second, with the interval of groupInterval. It evaluates
 * both on the same draws, or without the same groups: what makes rows hard for both cancels, so the interval is
 * narrower than that of two independent test sets.
 *
 * @param groups  group of each row, shape [n]; where rows are independent, each its own index
 * @param first   statistic of a multiset of row indices
 * @param second  likewise
 * @param random  required; equal streams give equal intervals
 * @param options  as for groupBootstrapInterval
 * @throws RangeError as groupBootstrapInterval does
 * @see Efron and Tibshirani 1993, An Introduction to the Bootstrap, section 8.3
 *
 * @example
 * ```ts
 * import { meanOfRows, pairedDifference, seededRandom } from "cspbbr3-twin";
 *
 * const papers = ["a", "a", "b", "c"];
 * const [ours, theirs] = [[1, 2, 3, 6], [0, 0, 0, 4]].map(meanOfRows);
 * const { difference, interval } = pairedDifference(papers, ours, theirs, seededRandom(1), { unit: "paper" });
 * console.log(difference, interval.method);
 * // 2 jackknife by paper, Student, 1.67 degrees of freedom
 * ```
 */
export function pairedDifference(
  groups: readonly (string | number)[],
  first: (rows: Uint32Array) => number,
  second: (rows: Uint32Array) => number,
  random: Random,
  options: Omit<GroupIntervalOptions, "kind"> = {},
): PairedDifference {
  const difference = (rows: Uint32Array): number => first(rows) - second(rows);
  const value = difference(Uint32Array.from(groups.keys()));
  const { interval } = estimateOf(
    value,
    groupBootstrapInterval(groups, difference, random, { ...options, kind: "mean" }),
  );
  return { difference: value, interval };
}
