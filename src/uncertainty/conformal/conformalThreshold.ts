import { checkAlpha } from "./checkAlpha.js";
import { checkGroupNames } from "./checkGroupNames.js";
import { conformalRank, rounding, rowsNeeded } from "./conformalRank.js";

/** The largest nonconformity score that still enters a set or an interval, and what it promises. */
export interface ConformalThreshold {
  /** null where no score is large enough for the promise: then everything enters, and `reason` says what is missing. */
  readonly value: number | null;
  readonly rows: number;
  /** How many groups those rows come in; without groups each row is its own. */
  readonly groups: number;
  /** The score taken is the one of this rank, from 1; null where groups weigh the scores. */
  readonly rank: number | null;
  /**
   * Probability that a new row is covered, over calibration rows and new row together. `atLeast` needs only that they
   * are exchangeable; `atMost` needs scores without ties too. What one calibration set gives varies: see coverageLaw.
   */
  readonly coverage: { readonly atLeast: number; readonly atMost: number };
  readonly reason: string | null;
}

/**
 * Threshold of split conformal prediction: the ceil((n + 1)(1 - alpha))-th smallest nonconformity score
 * of the calibration rows.
 *
 * With groups (labs, batches, papers) it is the groups that are exchangeable, not their rows: each group weighs
 * 1/(K + 1), shared by its rows, the missing weight lies at infinity, and the threshold is the weighted quantile at
 * 1 - alpha. The promise is for a row of a new group. Groups of one row each give the same threshold as no groups.
 *
 * @param scores  nonconformity scores of calibration rows that no fit has seen, larger where the model was more wrong,
 *   not NaN
 * @param alpha   share that may be missed, in (0, 1)
 * @param options.groups  group of each row
 * @throws RangeError if alpha leaves (0, 1), a score is NaN or a row has no group (row named), or groups and scores
 *   differ in number
 * @see Papadopoulos et al. 2002, doi:10.1007/3-540-36755-1_29; with groups Dunn, Wasserman and Ramdas 2023,
 *   doi:10.1080/01621459.2022.2060112, and Lee, Barber and Willett 2023, arXiv:2306.06342 (weights as here)
 */
export function conformalThreshold(
  scores: ArrayLike<number>,
  alpha: number,
  { groups }: { readonly groups?: readonly (string | number)[] } = {},
): ConformalThreshold {
  checkAlpha(alpha, "conformalThreshold");
  const rows = scores.length;
  for (let row = 0; row < rows; row++)
    if (Number.isNaN(scores[row]))
      throw new RangeError(`conformalThreshold: scores must be numbers; row ${row} has NaN`);
  if (groups !== undefined && groups.length !== rows)
    throw new RangeError(`conformalThreshold: one group per score is needed; got ${groups.length} for ${rows} rows`);
  checkGroupNames(groups, "conformalThreshold");
  const sizes = new Map<string | number, number>();
  groups?.forEach((group) => sizes.set(group, (sizes.get(group) ?? 0) + 1));
  const units = groups === undefined ? rows : sizes.size;
  const needed = rowsNeeded(alpha);
  const rank = conformalRank(rows, alpha);
  return {
    value:
      units < needed
        ? null
        : groups === undefined
          ? Float64Array.from(scores).sort()[rank - 1]
          : weightedQuantile(
              scores,
              groups.map((group) => 1 / sizes.get(group)!),
              (units + 1) * (1 - alpha),
            ),
    rows,
    groups: units,
    rank: groups === undefined ? rank : null,
    coverage: { atLeast: 1 - alpha, atMost: Math.min(1, 1 - alpha + (groups === undefined ? 1 : 2) / (units + 1)) },
    reason:
      units < needed
        ? `alpha = ${alpha} needs at least ${needed} calibration ${groups === undefined ? "rows" : "groups"}; ` +
          `got ${units}`
        : null,
  };
}

/** The smallest score at which the weights of all scores up to it reach `weight`. */
function weightedQuantile(scores: ArrayLike<number>, weights: readonly number[], weight: number): number {
  const order = weights.map((_, row) => row).sort((a, b) => scores[a] - scores[b]);
  let sum = 0;
  // Weights that sum to a whole number may miss it by rounding.
  const last = order.find((row) => (sum += weights[row]) >= weight - rounding);
  return scores[last ?? order[order.length - 1]];
}
