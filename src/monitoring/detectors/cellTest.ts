import type { DriftTest } from "./DriftTest.js";
import { permutedTest, type PermutedTestOptions } from "./permutedTest.js";
import type { PooledGroups } from "./pooledGroups.js";
import { groupCells, overGroups, type SampleCells } from "./sampleCells.js";

/** Rows from which on laws for large samples are right to a few percent, also in their tails. */
export const enoughForLaw = 100;

/** Judges a statistic of rows per cell by permutation of whole groups. */
export function cellTest(
  sample: SampleCells,
  groups: PooledGroups,
  statistic: (reference: Float64Array, current: Float64Array) => number,
  options: PermutedTestOptions,
): DriftTest {
  return permutedTest(overGroups(groupCells(groups, sample), statistic), groups, options);
}

/** A test by the law of its statistic, where rows are independent and many. */
export function lawTest(
  { statistic, pValue, threshold }: Pick<DriftTest, "statistic" | "threshold"> & { readonly pValue: number },
  { alpha, method }: Pick<DriftTest, "alpha" | "method">,
): DriftTest {
  return { statistic, pValue, threshold, alpha, drifted: pValue <= alpha, method, unknown: null };
}
