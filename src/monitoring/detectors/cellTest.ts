import { sortedQuantile } from "../../core/statistics/sortedQuantile.js";
import type { DriftTest, DriftTestOptions } from "./DriftTest.js";
import { tooFewGroups } from "./permutationFloor.js";
import { permuteGroups } from "./permuteGroups.js";
import type { PooledGroups } from "./pooledGroups.js";
import { groupCells, overGroups, type SampleCells } from "./sampleCells.js";

/** Rows from which on laws for large samples are right to a few percent, also in their tails. */
export const enoughForLaw = 100;

/**
 * Judges a statistic of rows per cell by permutation of whole groups; its threshold is the quantile among them.
 *
 * @param options.value  what is reported as the statistic, where cells are coarser than the numbers were
 */
export function cellTest(
  sample: SampleCells,
  groups: PooledGroups,
  statistic: (reference: Float64Array, current: Float64Array) => number,
  { alpha = 0.05, draws = 999, random, value }: Omit<DriftTestOptions, "groups"> & { readonly value?: number },
): DriftTest {
  const unit = groups.isByRow ? "row" : "batch";
  const unknown = tooFewGroups(groups, alpha, unit);
  const judged = overGroups(groupCells(groups, sample), statistic);
  const of = { reference: groups.reference, current: groups.current };
  const method = `permutation of ${of.reference} + ${of.current} ${unit === "row" ? "rows" : "batches"}`;
  if (unknown !== null) {
    const { observed } = permuteGroups(judged, { ...of, random, draws: 1 });
    return { statistic: value ?? observed, pValue: null, threshold: null, alpha, drifted: false, method, unknown };
  }
  const { observed, pValue, nulls } = permuteGroups(judged, { ...of, random, draws });
  const threshold = sortedQuantile(nulls, 1 - alpha);
  return { statistic: value ?? observed, pValue, threshold, alpha, drifted: pValue <= alpha, method, unknown: null };
}

/** A test by the law of its statistic, where rows are independent and many. */
export function lawTest(
  { statistic, pValue, threshold }: Pick<DriftTest, "statistic" | "threshold"> & { readonly pValue: number },
  { alpha, method }: Pick<DriftTest, "alpha" | "method">,
): DriftTest {
  return { statistic, pValue, threshold, alpha, drifted: pValue <= alpha, method, unknown: null };
}
