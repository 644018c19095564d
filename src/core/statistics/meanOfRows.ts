/**
 * Mean of values over a multiset of rows, as a statistic for intervals over groups.
 *
 * @param values  one per row
 *
 * @example
 * ```ts
 * import { meanOfRows } from "cspbbr3-twin";
 *
 * console.log(meanOfRows([1, 2, 6])(Uint32Array.of(0, 2, 2)).toFixed(2));
 * // 4.33
 * ```
 */
export function meanOfRows(values: ArrayLike<number>): (rows: Uint32Array) => number {
  return (rows) => {
    let sum = 0;
    for (const row of rows) sum += values[row];
    return sum / rows.length;
  };
}
