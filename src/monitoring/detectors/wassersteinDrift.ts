import { cellTest } from "./cellTest.js";
import type { DriftTest, DriftTestOptions } from "./DriftTest.js";
import { pooledGroups } from "./pooledGroups.js";
import { cellsBetween, massEdges, pooledNumbers } from "./sampleCells.js";
import { wassersteinDistance } from "./wassersteinDistance.js";

/**
 * Whether the Wasserstein distance of two samples is more than chance, by permutation of whole groups. The statistic is
 * in the unit of the numbers.
 *
 * @param reference,current  finite numbers, at least one each
 * @throws InputError if a sample is empty or holds NaN, or groups do not fit
 */
export function wassersteinDrift(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  { groups, ...options }: DriftTestOptions,
): DriftTest {
  const where = "wassersteinDrift";
  const pooled = pooledNumbers(reference, current, where);
  const sizes = { reference: reference.length, current: current.length };
  const among = pooledGroups(sizes, { groups, random: options.random, where });
  const edges = massEdges(pooled);
  const widths = edges.map((edge, i) => (i + 1 < edges.length ? edges[i + 1] : largestOf(pooled)) - edge);
  return cellTest(cellsBetween(pooled, edges), among, (there, here) => areaBetween(there, here, widths), {
    ...options,
    value: wassersteinDistance(reference, current),
  });
}

function largestOf(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, value), -Infinity);
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
