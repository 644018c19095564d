import { InputError } from "../../core/InputError.js";
import { chiSquareQuantile } from "../../core/statistics/chiSquareQuantile.js";
import { chiSquareTail } from "../../core/statistics/chiSquareTail.js";
import { sortedQuantile } from "../../core/statistics/sortedQuantile.js";
import { upperBound } from "../../core/upperBound.js";
import { cellTest, enoughForLaw, lawTest } from "./cellTest.js";
import type { DriftTest, DriftTestOptions } from "./DriftTest.js";
import { pooledGroups } from "./pooledGroups.js";
import { cellsBetween } from "./sampleCells.js";
import { type DriftSample, pooled, sizesOf, sortedPair } from "./SortedSample.js";

/** An empty bin counts as this share: its logarithm would be infinite. */
const leastShare = 1e-4;

/**
 * Population stability index over bins that hold a tenth of the reference each, judged against its own null quantile.
 * The usual 0.2 is a property of large samples: eight rows that did not drift have an index of 3.9.
 *
 * With every row its own group and at least 100 on either side the index of rows that did not drift follows
 * (1/n + 1/m) times chi-square; else whole groups are permuted.
 *
 * @param reference,current  finite numbers, at least one each; sortSample makes them ready for more than one test
 * @param options.bins       at least 2 (default 10)
 * @throws InputError if a sample is empty or holds NaN, the reference is constant, or groups do not fit
 * @see Yurdakul and Naranjo 2020, doi:10.21314/JRMV.2020.227
 *
 * @example
 * ```ts
 * import { populationStabilityIndex, seededRandom } from "cspbbr3-twin";
 *
 * const before = Array.from({ length: 400 }, (_, row) => Math.sin(row));
 * const after = Array.from({ length: 300 }, (_, row) => Math.sin(row + 0.5) + 0.3);
 * const { statistic, threshold } = populationStabilityIndex(before, after, { random: seededRandom(1) });
 * console.log(statistic.toFixed(2), threshold!.toFixed(2));
 * // 1.63 0.10
 * ```
 */
export function populationStabilityIndex(
  reference: DriftSample,
  current: DriftSample,
  { groups, bins = 10, alpha = 0.05, ...options }: DriftTestOptions & { readonly bins?: number },
): DriftTest {
  const where = "populationStabilityIndex";
  const samples = sortedPair(reference, current, where);
  const { reference: there, current: here } = samples;
  const sizes = sizesOf(samples);
  const among = pooledGroups(sizes, { groups, random: options.random, where });
  const edges = referenceEdges(there.sorted, bins, where);
  const value = stabilityIndex(countsBetween(there.sorted, edges), countsBetween(here.sorted, edges));
  if (!among.isByRow || Math.min(sizes.reference, sizes.current) < enoughForLaw) {
    const cells = cellsBetween(pooled(there.values, here.values), edges);
    return cellTest(cells, among, stabilityIndex, { ...options, alpha, value });
  }
  const scale = 1 / sizes.reference + 1 / sizes.current;
  const freedom = edges.length;
  const law = {
    statistic: value,
    pValue: chiSquareTail(value / scale, freedom),
    threshold: scale * chiSquareQuantile(1 - alpha, freedom),
  };
  return lawTest(law, { alpha, method: `chi-square law, ${freedom} degrees of freedom` });
}

/**
 * Population stability index of rows per cell: Σ (q - p) ln(q / p).
 *
 * @param reference,current  rows per cell, of equal length, with a row each
 */
export function stabilityIndex(reference: ArrayLike<number>, current: ArrayLike<number>): number {
  let [rowsThere, rowsHere] = [0, 0];
  for (let cell = 0; cell < reference.length; cell++) {
    rowsThere += reference[cell];
    rowsHere += current[cell];
  }
  let index = 0;
  for (let cell = 0; cell < reference.length; cell++) {
    const p = Math.max(reference[cell] / rowsThere, leastShare);
    const q = Math.max(current[cell] / rowsHere, leastShare);
    index += (q - p) * Math.log(q / p);
  }
  return index;
}

/** Inner quantiles of the reference; where values are tied, bins without room are left out. */
function referenceEdges(sorted: Float64Array, bins: number, where: string): Float64Array {
  if (!(Number.isInteger(bins) && bins >= 2))
    throw new RangeError(`${where}: bins must be an integer of at least 2; got ${bins}`);
  if (sorted[0] === sorted[sorted.length - 1])
    throw new InputError({
      where,
      must: "the reference must have different numbers",
      got: `${sorted[0]} in all ${sorted.length} rows`,
      mend: "leave the feature out: what is constant has no quantiles",
    });
  const edges = Array.from({ length: bins - 1 }, (_, i) => sortedQuantile(sorted, (i + 1) / bins));
  return Float64Array.from(new Set(edges)).filter((edge) => edge < sorted[sorted.length - 1]);
}

/** Rows per cell, as cellsBetween has cells, of ascending numbers. */
function countsBetween(sorted: Float64Array, edges: Float64Array): Float64Array {
  const counts = new Float64Array(edges.length + 1);
  let before = 0;
  for (let cell = 0; cell < edges.length; cell++) {
    const upTo = upperBound(sorted, edges[cell]);
    counts[cell] = upTo - before;
    before = upTo;
  }
  counts[edges.length] = sorted.length - before;
  return counts;
}
