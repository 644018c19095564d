import { phaseNames } from "../../chemistry/phases.js";
import type { Interval } from "../../core/statistics/Interval.js";
import type { GroupedStatistic } from "../../core/statistics/groupedStatistic.js";
import { groupBootstrapInterval } from "../../core/statistics/groupBootstrapInterval.js";
import type { Random } from "../../core/random/Random.js";
import { codesOf, type Table } from "../../core/Table.js";

/**
 * Interval of a statistic of simulated rows over laboratories, each left out or drawn whole.
 *
 * @param count      laboratories
 * @param statistic  of a multiset of laboratories; it works on sums kept for each, not on rows
 */
export function laboratoryInterval(count: number, statistic: GroupedStatistic, random: Random): Interval {
  return groupBootstrapInterval(
    Array.from({ length: count }, (_, lab) => lab),
    statistic,
    random,
    { unit: "laboratory", sizes: statistic.sizes, kind: statistic.kind ?? "mean" },
  );
}

/** Rows of each class, as labelled. */
export function phaseCounts(table: Table): number[] {
  const counts = phaseNames.map(() => 0);
  codesOf(table, "phase").codes.forEach((code: number) => counts[code]++);
  return counts;
}
