import type { Fold } from "../core/Fold.js";
import { categoryColumn } from "../core/Table.js";
import { foldsFromAssignment } from "./foldsFromAssignment.js";

/**
 * One fold per group (paper, lab, batch): test on it, train on all others. The honest question for rows
 * that share an origin, since neighbours from the same paper answer for each other.
 *
 * @param groups  group of each row, shape [n]
 * @returns folds in order of first appearance; every row is tested exactly once
 * @throws RangeError if there are fewer than two groups
 */
export function leaveOneGroupOut(groups: readonly string[]): Fold[] {
  const { codes, levels: names } = categoryColumn(groups);
  if (names.length < 2)
    throw new RangeError(`leaveOneGroupOut: at least 2 groups are needed; got ${names.length}; split by rows instead`);
  return foldsFromAssignment(codes, names);
}
