import type { Fold } from "../core/Fold.js";
import { InputError } from "../core/InputError.js";
import { categoryColumn } from "../core/Table.js";
import { foldsFromAssignment } from "./foldsFromAssignment.js";

/**
 * One fold per group (paper, lab, batch): test on it, train on all others. The honest question for rows
 * that share an origin, since neighbours from the same paper answer for each other.
 *
 * @param groups  group of each row, shape [n]
 * @param options.smallest  rows that a group needs to be tested; smaller ones are trained on in every fold (default 1)
 * @returns folds in order of first appearance; every row of a group that is large enough is tested exactly once
 * @throws InputError if there are fewer than two groups, or none is large enough
 *
 * @example
 * ```ts
 * import { leaveOneGroupOut } from "cspbbr3-twin";
 *
 * const folds = leaveOneGroupOut(["LBL", "LBL", "HC", "HC", "ECL"], { smallest: 2 });
 * console.log(folds.map(({ name, train }) => `${name}: ${train.join(" ")}`).join("; "));
 * // LBL: 2 3 4; HC: 0 1 4
 * ```
 */
export function leaveOneGroupOut(
  groups: readonly string[],
  { smallest = 1 }: { readonly smallest?: number } = {},
): Fold[] {
  const { codes, levels: names } = categoryColumn(groups);
  if (names.length < 2)
    throw new InputError({
      where: "leaveOneGroupOut",
      must: "at least 2 groups are needed",
      got: names.length === 0 ? "0" : `${names.length}, "${names[0]}"`,
      mend: "split by rows instead, and do not claim what holds in another group",
    });
  if (!(Number.isInteger(smallest) && smallest >= 1))
    throw new InputError({
      where: "leaveOneGroupOut",
      must: "the smallest group to test must be a whole number of rows, at least 1",
      got: String(smallest),
      mend: "leave it out to test every group",
    });
  const sizes = new Uint32Array(names.length);
  for (const code of codes) sizes[code]++;
  const folds = foldsFromAssignment(codes, names).filter((_, group) => sizes[group] >= smallest);
  if (folds.length === 0)
    throw new InputError({
      where: "leaveOneGroupOut",
      must: `a group must have at least ${smallest} rows to be tested`,
      got: `${names.length} groups, the largest of ${sizes.reduce((most, size) => Math.max(most, size), 0)} rows`,
      mend: "test smaller groups, or say that it is not known",
    });
  return folds;
}
