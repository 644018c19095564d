/**
 * The group of each row as a code, in order of first appearance.
 *
 * @param groups  of each row (lab, batch, paper), shape [n]; any labels
 * @returns codes 0..groups-1, shape [n], and how many groups there are
 */
export function groupCodes(groups: readonly (string | number)[]): {
  readonly codes: Uint32Array;
  readonly groups: number;
} {
  const index = new Map<string | number, number>();
  const codes = Uint32Array.from(groups, (group) => {
    const known = index.get(group);
    if (known !== undefined) return known;
    index.set(group, index.size);
    return index.size - 1;
  });
  return { codes, groups: index.size };
}
