import { meanOfRows } from "./meanOfRows.js";

/**
 * R² of predictions over a multiset of rows, about the mean of these very rows, as a statistic for intervals over
 * groups.
 *
 * @param truth,predicted  one per row
 * @throws RangeError if lengths differ
 *
 * @example
 * ```ts
 * import { explainedOfRows } from "cspbbr3-twin";
 *
 * const r2 = explainedOfRows([1, 2, 3, 4], [1, 2, 3, 3]);
 * console.log(r2(Uint32Array.of(0, 1, 2, 3)).toFixed(2));
 * // 0.80
 * ```
 */
export function explainedOfRows(truth: ArrayLike<number>, predicted: ArrayLike<number>): (rows: Uint32Array) => number {
  if (truth.length !== predicted.length)
    throw new RangeError(
      `explainedOfRows: one prediction per row is needed; got ${predicted.length} for ${truth.length} rows`,
    );
  const mean = meanOfRows(truth);
  return (rows) => {
    const centre = mean(rows);
    let [left, all] = [0, 0];
    for (const row of rows) {
      left += (truth[row] - predicted[row]) ** 2;
      all += (truth[row] - centre) ** 2;
    }
    return 1 - left / all;
  };
}
