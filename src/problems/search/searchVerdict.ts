import type { Random } from "../../core/random/Random.js";
import type { EstimateOrReason } from "../../core/statistics/Estimate.js";
import { estimateOverGroups } from "../../core/statistics/estimateOverGroups.js";

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
  const many = chosenBy.gains.length;
  const gains = new Float64Array(many + fresh.gains.length);
  gains.set(chosenBy.gains);
  gains.set(fresh.gains, many);
  const sides = [(row: number) => row < many, (row: number) => row >= many];
  const meanOf = (rows: Uint32Array, side: (row: number) => boolean): number => {
    let [sum, count] = [0, 0];
    for (const row of rows) if (side(row)) [sum, count] = [sum + gains[row], count + 1];
    return sum / count;
  };
  const ofSide = ({ gains: own, groups }: RowGains, name: string): EstimateOrReason =>
    estimateOverGroups(
      groups,
      (rows) => rows.reduce((sum, row) => sum + own[row], 0) / rows.length,
      random.fork(name),
      {
        kind: "mean",
        unit,
      },
    );
  return {
    promised: ofSide(chosenBy, "promised"),
    kept: ofSide(fresh, "kept"),
    gap: estimateOverGroups(
      [...chosenBy.groups, ...fresh.groups],
      (rows) => meanOf(rows, sides[0]) - meanOf(rows, sides[1]),
      random.fork("gap"),
      { kind: "mean", unit },
    ),
  };
}
