import { tidyText } from "../tidyText.js";

/**
 * The group of each row as a code, in order of first appearance.
 *
 * @param groups  of each row (lab, batch, paper), shape [n]; any labels, texts told apart by their tidy form
 * @returns codes 0..groups-1, shape [n], and how many groups there are
 */
export function groupCodes(groups: readonly (string | number)[]): {
  readonly codes: Uint32Array;
  readonly groups: number;
} {
  const index = new Map<string | number, number>();
  let count = 0;
  const codes = Uint32Array.from(groups, (group) => {
    const known = index.get(group);
    if (known !== undefined) return known;
    const tidy = typeof group === "string" ? tidyText(group) : group;
    const code = index.get(tidy) ?? count++;
    index.set(tidy, code).set(group, code);
    return code;
  });
  return { codes, groups: count };
}
