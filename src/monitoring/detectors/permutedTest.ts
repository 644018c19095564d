import { sortedQuantile } from "../../core/statistics/sortedQuantile.js";
import type { DriftTest, DriftTestOptions } from "./DriftTest.js";
import { tooFewGroups } from "./permutationFloor.js";
import { permuteGroups } from "./permuteGroups.js";
import type { PooledGroups } from "./pooledGroups.js";

/** What is tested by permuting whole groups. */
export interface PermutedTestOptions extends Omit<DriftTestOptions, "groups"> {
  /** What is reported as the statistic, where what is permuted is coarser. */
  readonly value?: number;
  /** What groups are beside being rows or batches: "judged ". */
  readonly which?: string;
}

/**
 * The verdict on a statistic by permutation of whole groups: its threshold is the quantile among permutations, and it
 * is unknown where there are too few of them to alarm at all.
 *
 * @param statistic  of the groups that are taken for the current ones
 */
export function permutedTest(
  statistic: (current: Uint32Array) => number,
  { reference, current, isByRow }: Pick<PooledGroups, "reference" | "current" | "isByRow">,
  { alpha = 0.05, draws = 999, random, value, which = "" }: PermutedTestOptions,
): DriftTest {
  const unknown = tooFewGroups({ reference, current }, alpha, isByRow ? "row" : "batch");
  const permuted = permuteGroups(statistic, { reference, current, random, draws: unknown === null ? draws : 1 });
  const verdict = {
    statistic: value ?? permuted.observed,
    alpha,
    method: `permutation of ${reference} + ${current} ${which}${isByRow ? "rows" : "batches"}`,
    unknown,
  };
  if (unknown !== null) return { ...verdict, pValue: null, threshold: null, drifted: false };
  const { pValue, nulls } = permuted;
  return { ...verdict, pValue, threshold: sortedQuantile(nulls, 1 - alpha), drifted: pValue <= alpha };
}
