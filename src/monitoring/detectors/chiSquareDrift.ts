import { InputError } from "../../core/InputError.js";
import { chiSquareTest } from "../../core/statistics/chiSquareTest.js";
import { fisherExact } from "../../core/statistics/fisherExact.js";
import { cellTest, enoughForLaw, lawTest } from "./cellTest.js";
import type { DriftTest, DriftTestOptions } from "./DriftTest.js";
import { pooledGroups } from "./pooledGroups.js";
import { levelCells, type SampleCells } from "./sampleCells.js";
import { pooled } from "./SortedSample.js";

/**
 * Chi-square test of levels that holds for rows in groups. It goes by the law of chi-square where every row is its own,
 * there are 100 on either side and few of them have a rare level, else by permutation of whole groups.
 *
 * @param reference,current  a level per row, texts or whole numbers, at least one each
 * @throws InputError if a sample is empty, a level is NaN, or groups do not fit
 */
export function chiSquareDrift(
  reference: ArrayLike<string | number>,
  current: ArrayLike<string | number>,
  { groups, alpha = 0.05, ...options }: DriftTestOptions,
): DriftTest {
  const where = "chiSquareDrift";
  const sizes = { reference: reference.length, current: current.length };
  const among = pooledGroups(sizes, { groups, random: options.random, where });
  requireLevels(reference, `${where}: reference`);
  requireLevels(current, `${where}: current`);
  const known = new Map<string | number, number>();
  const codes = pooled(levelCells(reference, known), levelCells(current, known));
  const sample = { codes, cells: known.size };
  const [there, here] = countsOf(sample, reference.length);
  if (!among.isByRow || !lawHolds(there, here)) return cellTest(sample, among, chiSquareOf, { ...options, alpha });
  const { pValue, method } = compareCounts(here, there);
  return lawTest({ statistic: chiSquareOf(there, here), pValue, threshold: null }, { alpha, method });
}

function requireLevels(levels: ArrayLike<string | number>, where: string): void {
  for (let row = 0; row < levels.length; row++)
    if (Number.isNaN(levels[row]))
      throw new InputError({
        where: `${where}, row ${1 + row}`,
        must: "must be a level",
        got: "NaN",
        mend: "leave missing values out; whether more are missing is a question of its own",
      });
}

/** Rows per cell of the reference and of the current sample. */
export function countsOf({ codes, cells }: SampleCells, reference: number): readonly [Float64Array, Float64Array] {
  const counts = [new Float64Array(cells), new Float64Array(cells)] as const;
  for (let row = 0; row < codes.length; row++) counts[row < reference ? 0 : 1][codes[row]]++;
  return counts;
}

/** Pearson's statistic of rows per cell, without its law. */
export function chiSquareOf(there: ArrayLike<number>, here: ArrayLike<number>): number {
  let [rowsThere, rowsHere] = [0, 0];
  for (let cell = 0; cell < there.length; cell++) {
    rowsThere += there[cell];
    rowsHere += here[cell];
  }
  let sum = 0;
  for (let cell = 0; cell < there.length; cell++) {
    const both = there[cell] + here[cell];
    if (both > 0) sum += (here[cell] * rowsThere - there[cell] * rowsHere) ** 2 / both;
  }
  return sum / (rowsThere * rowsHere);
}

/**
 * Levels that a sample should have fewer rows of than this are compared together:
 * the chi-square law does not hold for them alone.
 */
const leastExpected = 5;

/** Of all rows, how many may have a rare level: what is compared together says nothing of each. */
const mostRare = 0.05;

/** Whether compareCounts may judge these rows per level, of independent rows. */
export function lawHolds(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  const { isRare, rowsA, rowsB } = rareLevels(a, b);
  const rare = isRare.reduce((sum, is, i) => sum + (is ? a[i] + b[i] : 0), 0);
  return Math.min(rowsA, rowsB) >= enoughForLaw && rare <= mostRare * (rowsA + rowsB);
}

/** Which levels the smaller sample should have too few rows of. It depends on rows of both together alone. */
function rareLevels(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
): { readonly isRare: readonly boolean[]; readonly rowsA: number; readonly rowsB: number; readonly smaller: number } {
  const both = Array.from(a, (count, i) => count + b[i]);
  const [rowsA, rowsB] = [a, b].map((counts) => Array.from(counts).reduce((sum, count) => sum + count, 0));
  const smaller = Math.min(rowsA, rowsB) / (rowsA + rowsB);
  return { isRare: both.map((count) => count * smaller < leastExpected), rowsA, rowsB, smaller };
}

/**
 * Probability of counts that differ as much, of independent rows: by the law of chi-square over levels with rows enough
 * and the rare ones together. Where these are rare even so, or one level is left, rare against frequent is judged by
 * Fisher's exact test; of two tests each may spend half.
 *
 * @param a,b  rows per level, of equal length, with a row each
 */
export function compareCounts(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
): { readonly pValue: number; readonly method: string } {
  const [one, other] = [Array.from(a), Array.from(b)];
  const { isRare, rowsA, rowsB, smaller } = rareLevels(a, b);
  const pooled = [one, other].map((counts) => {
    const rare = counts.reduce((sum, count, i) => sum + (isRare[i] ? count : 0), 0);
    return [...counts.filter((_, i) => !isRare[i]), rare];
  });
  const rest = pooled.map((counts) => counts[counts.length - 1]);
  // Rare levels together may still be rare: then they are told from the others by themselves.
  const restIsRare = (rest[0] + rest[1]) * smaller < leastExpected;
  const [some, others] = restIsRare ? pooled.map((counts) => counts.slice(0, -1)) : pooled;
  const isCompared = [some, others].every((counts) => counts.some((count) => count > 0));
  const test = isCompared ? chiSquareTest(some, others) : null;
  const law = test === null ? "" : `chi-square law, ${test.freedom} degrees of freedom`;
  const isTold = rest[0] + rest[1] === 0 || !restIsRare;
  if (test !== null && isTold) return { pValue: test.pValue, method: law };
  const exact = fisherExact([rest[0], rowsA - rest[0]], [rest[1], rowsB - rest[1]]);
  if (test === null) return { pValue: exact, method: "Fisher's exact test" };
  return {
    pValue: Math.min(1, 2 * Math.min(test.pValue, exact)),
    method: `${law}; rare levels by Fisher's exact test`,
  };
}
