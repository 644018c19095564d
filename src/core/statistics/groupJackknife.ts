import { effectiveGroups } from "./effectiveGroups.js";
import type { JackknifeValues } from "./jackknifeInterval.js";

/** Rows of each group, groups in order of first appearance. */
export function groupMembers(groups: readonly (string | number)[]): readonly (readonly number[])[] {
  const members = new Map<string | number, number[]>();
  groups.forEach((group, row) => {
    const rows = members.get(group);
    if (rows === undefined) members.set(group, [row]);
    else rows.push(row);
  });
  return [...members.values()];
}

/**
 * A statistic of all rows, and without each group that has rows that count, one after another: what jackknifeInterval
 * and bcaInterval ask for.
 *
 * @param groups         group of each row, shape [n]; any labels
 * @param statistic      of a set of row indices
 * @param options.sizes  rows of each group that count, in the order in which groups first appear (default: all its
 *   rows)
 *
 * @example
 * ```ts
 * import { groupJackknife, meanOfRows } from "cspbbr3-twin";
 *
 * const { value, without, effective } = groupJackknife(["a", "a", "b", "c"], meanOfRows([1, 3, 5, 7]));
 * console.log(value, without, effective.toFixed(2));
 * // 4 [ 6, 3.6666666666666665, 3 ] 2.67
 * ```
 */
export function groupJackknife(
  groups: readonly (string | number)[],
  statistic: (rows: Uint32Array) => number,
  { sizes: given }: { readonly sizes?: ArrayLike<number> } = {},
): JackknifeValues {
  const members = groupMembers(groups);
  const sizes = given ?? members.map(({ length }) => length);
  const all = Uint32Array.from(groups.keys());
  const without = members
    .filter((_, group) => sizes[group] > 0)
    .map((left) => {
      const isLeft = new Set(left);
      return statistic(all.filter((row) => !isLeft.has(row)));
    });
  const rows = Array.from(sizes).reduce((a, b) => a + b, 0);
  return { value: statistic(all), without, rows, effective: effectiveGroups(sizes) };
}
