import { sortedKolmogorovSmirnov } from "../../core/statistics/kolmogorovSmirnov.js";
import { cellTest, lawTest } from "./cellTest.js";
import type { DriftTest, DriftTestOptions } from "./DriftTest.js";
import { pooledGroups } from "./pooledGroups.js";
import { cellsBetween, massEdges } from "./sampleCells.js";
import { type DriftSample, merged, pooled, sizesOf, sortedPair } from "./SortedSample.js";

/**
 * Kolmogorov-Smirnov test that holds for rows in groups. It goes by the exact count or the limit law where every row is
 * its own, else by permutation of whole groups.
 *
 * @param reference,current  finite numbers, at least one each; sortSample makes them ready for more than one test
 * @throws InputError if a sample is empty or holds NaN, or groups do not fit
 */
export function kolmogorovSmirnovDrift(
  reference: DriftSample,
  current: DriftSample,
  { groups, alpha = 0.05, ...options }: DriftTestOptions,
): DriftTest {
  const where = "kolmogorovSmirnovDrift";
  const samples = sortedPair(reference, current, where);
  const { reference: there, current: here } = samples;
  const among = pooledGroups(sizesOf(samples), { groups, random: options.random, where });
  const { statistic, pValue, method } = sortedKolmogorovSmirnov(there.sorted, here.sorted);
  if (among.isByRow) return lawTest({ statistic, pValue, threshold: null }, { alpha, method });
  const cells = cellsBetween(pooled(there.values, here.values), massEdges(merged(there.sorted, here.sorted)));
  return cellTest(cells, among, largestGap, { ...options, alpha, value: statistic });
}

/** Largest distance of two distribution functions, of rows per cell in ascending order. */
export function largestGap(there: Float64Array, here: Float64Array): number {
  let [rowsThere, rowsHere] = [0, 0];
  for (let cell = 0; cell < there.length; cell++) {
    rowsThere += there[cell];
    rowsHere += here[cell];
  }
  let [below, most] = [0, 0];
  for (let cell = 0; cell < there.length; cell++) {
    below += there[cell] / rowsThere - here[cell] / rowsHere;
    if (below > most) most = below;
    else if (-below > most) most = -below;
  }
  return most;
}
