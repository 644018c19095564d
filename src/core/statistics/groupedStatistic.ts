import type { GroupedSums } from "./groupedSums.js";
import type { StatisticKind } from "./jackknifeInterval.js";

/** Of a multiset of groups, each by its code. */
export interface GroupedStatistic {
  (groups: Uint32Array): number;
  /** Rows of each group that count in it; where left out, all groups count alike. */
  readonly sizes?: ArrayLike<number>;
  /** What kind of number it is, "mean" where left out. */
  readonly kind?: StatisticKind;
}

/**
 * A statistic of drawn groups, from the totals of their sums.
 *
 * @param sums  per group, as groupedSums makes them; all are added up for each draw, so give those that are needed
 * @param of    the statistic from the totals, by the same names
 * @param options.over  the sum that counts rows, so that an interval knows how unequal groups are
 * @param options.kind  of number, so that an interval stays where it can lie
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
  { over, kind }: { readonly over?: NoInfer<Name>; readonly kind?: StatisticKind } = {},
): GroupedStatistic {
  const names = Object.keys(sums) as Name[];
  const totals = {} as Record<Name, number>;
  const statistic = (groups: Uint32Array): number => {
    for (const name of names) {
      const perGroup = sums[name];
      let total = 0;
      for (let i = 0; i < groups.length; i++) total += perGroup[groups[i]];
      totals[name] = total;
    }
    return of(totals);
  };
  return Object.assign(statistic, { sizes: over && sums[over], kind });
}
