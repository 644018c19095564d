import type { GroupedSums } from "./groupedSums.js";

/** Of a multiset of groups, each by its code. */
export type GroupedStatistic = (groups: Uint32Array) => number;

/**
 * A statistic of drawn groups, from the totals of their sums.
 *
 * @param sums  per group, as groupedSums makes them; all are added up for each draw, so give those that are needed
 * @param of    the statistic from the totals, by the same names
 *
 * @example
 * ```ts
 * import { groupedStatistic } from "cspbbr3-twin";
 *
 * const sums = { squares: Float64Array.of(4, 1), rows: Float64Array.of(1, 4) };
 * const rootMeanSquare = groupedStatistic(sums, ({ squares, rows }) => Math.sqrt(squares / rows));
 * console.log(rootMeanSquare(Uint32Array.of(0, 1)));
 * // 1
 * ```
 */
export function groupedStatistic<Name extends string>(
  sums: GroupedSums<Name>,
  of: (totals: Readonly<Record<Name, number>>) => number,
): GroupedStatistic {
  const names = Object.keys(sums) as Name[];
  const totals = {} as Record<Name, number>;
  return (groups) => {
    for (const name of names) {
      const perGroup = sums[name];
      let total = 0;
      for (let i = 0; i < groups.length; i++) total += perGroup[groups[i]];
      totals[name] = total;
    }
    return of(totals);
  };
}
