/**
 * How many equal groups would tell as much as these of unequal sizes: (Σn)² / Σn² (Kish). As many as there are where
 * all are equal; little more than 1 where one group has most of the rows.
 *
 * @param sizes  rows of each group, at least 0 and not all 0
 * @see Kish 1965, Survey Sampling, section 11.7
 *
 * @example
 * ```ts
 * import { effectiveGroups } from "cspbbr3-twin";
 *
 * console.log(effectiveGroups([10, 10, 10]), effectiveGroups([28, 1, 1]).toFixed(2));
 * // 3 1.15
 * ```
 */
export function effectiveGroups(sizes: ArrayLike<number>): number {
  let [total, squares] = [0, 0];
  for (let group = 0; group < sizes.length; group++) {
    total += sizes[group];
    squares += sizes[group] ** 2;
  }
  return total ** 2 / squares;
}
