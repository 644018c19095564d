import { chiSquareTail } from "./chiSquareTail.js";

/** Two sets of counts held against each other. */
export interface ChiSquareTest {
  readonly statistic: number;
  readonly freedom: number;
  readonly pValue: number;
}

/**
 * Whether two samples come from one distribution over categories (Pearson,
 * without correction for continuity). Categories that neither has do not count.
 *
 * @param a,b  rows per category, of equal length, each with a row at least
 * @returns null where fewer than two categories are left to compare
 * @throws RangeError if lengths differ or a sample has no row
 */
export function chiSquareTest(a: readonly number[], b: readonly number[]): ChiSquareTest | null {
  const [rowsA, rowsB] = [a, b].map((counts) => counts.reduce((sum, count) => sum + count, 0));
  if (a.length !== b.length || !(rowsA > 0 && rowsB > 0))
    throw new RangeError(
      "chiSquareTest: two samples with rows over the same categories are " +
        `needed; got ${rowsA} rows over ${a.length} and ${rowsB} over ${b.length}`,
    );
  const rows = rowsA + rowsB;
  let [statistic, categories] = [0, 0];
  a.forEach((count, i) => {
    const both = count + b[i];
    if (both === 0) return;
    categories++;
    for (const [got, size] of [
      [count, rowsA],
      [b[i], rowsB],
    ])
      statistic += (got - (both * size) / rows) ** 2 / ((both * size) / rows);
  });
  return categories < 2
    ? null
    : { statistic, freedom: categories - 1, pValue: chiSquareTail(statistic, categories - 1) };
}
