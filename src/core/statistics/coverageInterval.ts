import { checkLevel } from "./checkLevel.js";
import { clopperPearson } from "./clopperPearson.js";
import type { Interval } from "./Interval.js";
import { groupBootstrapInterval } from "./groupBootstrapInterval.js";
import { groupCodes } from "./groupCodes.js";
import { groupedStatistic } from "./groupedStatistic.js";
import { groupedSums } from "./groupedSums.js";
import type { Random } from "../random/Random.js";

/** What independent rows there are, and how to draw them. */
export interface RowGroups {
  /** Lab, batch or paper of each row. */
  readonly groups: readonly (string | number)[];
  readonly random: Random;
}

/**
 * Interval of a share of covered rows. Rows on their own: Clopper-Pearson. Rows in groups: the wider, at each end, of
 * that and the group bootstrap, which knows that rows of a group are alike but nothing of misses not seen. If all rows
 * are covered, or none, the bootstrap is blind and groups count as the trials.
 *
 * @param covered  1 or 0 by row, at least one row
 * @param grouped  groups and stream; undefined: rows are independent
 * @returns null if there are rows of one group only: nothing says how groups differ
 */
export function coverageInterval(
  covered: ArrayLike<number>,
  grouped: RowGroups | undefined,
  level: number,
): Interval | null {
  checkLevel(level, "coverageInterval");
  const n = covered.length;
  const hits = Array.from(covered).reduce((sum, one) => sum + one, 0);
  if (grouped === undefined) return clopperPearson(hits, n, { level });
  const { codes, groups } = groupCodes(grouped.groups);
  if (groups < 2) return null;
  if (hits === 0 || hits === n)
    return { ...clopperPearson(hits === 0 ? 0 : groups, groups, { level }), method: "Clopper-Pearson over groups" };
  const exact = clopperPearson(hits, n, { level });
  const sums = groupedSums(codes, { hits: (row) => covered[row], rows: () => 1 }, { groups });
  const share = groupedStatistic(sums, (totals) => totals.hits / totals.rows);
  const each = Array.from({ length: groups }, (_, group) => group);
  const drawn = groupBootstrapInterval(each, share, grouped.random, { level });
  return {
    low: Math.min(exact.low, drawn.low),
    high: Math.max(exact.high, drawn.high),
    level,
    method: `wider of Clopper-Pearson and ${drawn.method}`,
  };
}
