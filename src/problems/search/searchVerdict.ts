import type { Random } from "../../core/random/Random.js";
import type { EstimateOrReason } from "../../core/statistics/Estimate.js";
import { estimateOverGroups } from "../../core/statistics/estimateOverGroups.js";
import { groupCodes } from "../../core/statistics/groupCodes.js";
import { groupedStatistic } from "../../core/statistics/groupedStatistic.js";
import { groupedSums } from "../../core/statistics/groupedSums.js";

/** By how much a searched setting is better than the one that stood, row by row. */
export interface RowGains {
  /** Loss of the one that stood less that of the searched one. */
  readonly gains: ArrayLike<number>;
  /** What each row counts with as one witness. */
  readonly groups: readonly string[];
}

/** What a search promised, and what it kept. */
export interface SearchVerdict {
  /** Mean gain on the rows that chose the setting: the best of many tries there, so that it is too good. */
  readonly promised: EstimateOrReason;
  /** Mean gain on rows that chose nothing. */
  readonly kept: EstimateOrReason;
  /** What was promised and not kept. */
  readonly gap: EstimateOrReason;
}

/**
 * Sets what a search promised on the rows that chose beside what it kept on rows that did not. Groups that stand on
 * both sides are drawn on both together.
 *
 * @param unit  what a group is: "recipe", "batch"
 * @see Cawley and Talbot 2010, JMLR 11, 2079 (the optimism of what was chosen)
 */
export function searchVerdict(
  chosenBy: RowGains,
  fresh: RowGains,
  random: Random,
  { unit }: { readonly unit: string },
): SearchVerdict {
  const ofSide = ({ gains, groups }: RowGains, name: string): EstimateOrReason =>
    estimated(groups, { gains: (row) => gains[row], rows: () => 1 }, (sum) => sum.gains / sum.rows, random.fork(name));
  const estimated = <Name extends string>(
    groups: readonly string[],
    terms: Readonly<Record<Name | "rows", (row: number) => number>>,
    of: (totals: Readonly<Record<Name | "rows", number>>) => number,
    drawn: Random,
  ): EstimateOrReason => {
    // Sums of groups tell all draws: there are far fewer groups than rows.
    const { codes, groups: many } = groupCodes(groups);
    const statistic = groupedStatistic(groupedSums(codes, terms), of, { over: "rows" });
    const { sizes } = statistic;
    return estimateOverGroups([...Array(many).keys()], statistic, drawn, { kind: "mean", unit, sizes });
  };
  const choosing = chosenBy.gains.length;
  return {
    promised: ofSide(chosenBy, "promised"),
    kept: ofSide(fresh, "kept"),
    gap: estimated(
      [...chosenBy.groups, ...fresh.groups],
      {
        promised: (row) => (row < choosing ? chosenBy.gains[row] : 0),
        kept: (row) => (row < choosing ? 0 : fresh.gains[row - choosing]),
        chosen: (row) => Number(row < choosing),
        rows: () => 1,
      },
      ({ promised, kept, chosen, rows }) => promised / chosen - kept / (rows - chosen),
      random.fork("gap"),
    ),
  };
}
