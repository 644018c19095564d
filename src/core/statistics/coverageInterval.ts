import { checkLevel } from "./checkLevel.js";
import { clopperPearson } from "./clopperPearson.js";
import type { Interval } from "./Interval.js";
import { groupCodes } from "./groupCodes.js";
import { groupedEstimate } from "./groupedEstimate.js";
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
 * that and groupInterval's, which knows that rows of a group are alike but, by draws, nothing of misses not seen.
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
  const exact = clopperPearson(hits, n, { level });
  const sums = groupedSums(codes, { hits: (row) => covered[row], rows: () => 1 }, { groups });
  const share = groupedStatistic(sums, (totals) => totals.hits / totals.rows, { over: "rows", kind: "share" });
  const { interval: drawn } = groupedEstimate(groups, share, grouped.random, { level });
  return {
    low: Math.min(exact.low, drawn.low),
    high: Math.max(exact.high, drawn.high),
    level,
    method: `wider of Clopper-Pearson and ${drawn.method}`,
  };
}
