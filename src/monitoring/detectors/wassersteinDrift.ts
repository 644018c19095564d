import { cellTest } from "./cellTest.js";
import type { DriftTest, DriftTestOptions } from "./DriftTest.js";
import { pooledGroups } from "./pooledGroups.js";
import { cellsBetween, massEdges } from "./sampleCells.js";
import { type DriftSample, merged, pooled, sizesOf, sortedPair } from "./SortedSample.js";
import { sortedWasserstein } from "./wassersteinDistance.js";

/**
 * Whether the Wasserstein distance of two samples is more than chance, by permutation of whole groups. The statistic is
 * in the unit of the numbers.
 *
 * @param reference,current  finite numbers, at least one each
 * @throws InputError if a sample is empty or holds NaN, or groups do not fit
 */
export function wassersteinDrift(
  reference: DriftSample,
  current: DriftSample,
  { groups, ...options }: DriftTestOptions,
): DriftTest {
  const where = "wassersteinDrift";
  const samples = sortedPair(reference, current, where);
  const { reference: there, current: here } = samples;
  const among = pooledGroups(sizesOf(samples), { groups, random: options.random, where });
  const ordered = merged(there.sorted, here.sorted);
  const edges = massEdges(ordered);
  const widths = edges.map((edge, i) => (i + 1 < edges.length ? edges[i + 1] : ordered[ordered.length - 1]) - edge);
  const cells = cellsBetween(pooled(there.values, here.values), edges);
  return cellTest(cells, among, (before, now) => areaBetween(before, now, widths), {
    ...options,
    value: sortedWasserstein(there.sorted, here.sorted),
  });
}

function areaBetween(there: Float64Array, here: Float64Array, widths: Float64Array): number {
  let [rowsThere, rowsHere] = [0, 0];
  for (let cell = 0; cell < there.length; cell++) {
    rowsThere += there[cell];
    rowsHere += here[cell];
  }
  let [below, area] = [0, 0];
  for (let cell = 0; cell < widths.length; cell++) {
    below += there[cell] / rowsThere - here[cell] / rowsHere;
    area += Math.abs(below) * widths[cell];
  }
  return area;
}
