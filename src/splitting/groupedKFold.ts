import type { Fold } from "../core/Fold.js";
import type { Random } from "../core/random/Random.js";
import { shuffledRows } from "../core/random/shuffledRows.js";
import { checkFolds, foldNames, foldsFromAssignment } from "./foldsFromAssignment.js";
import { rowClasses, type Labels } from "./rowClasses.js";

/**
 * Folds of whole groups and nearly equal size: the largest groups first, each to the fold that has the fewest rows.
 *
 * @param groups  group of each row, shape [n]
 * @param options.folds    at least 2, at most as many as groups (default 5)
 * @param options.shuffle  whether groups of equal size come in random order (default) or in their own
 * @returns every row is tested exactly once, no group is in two tests
 * @throws RangeError if there are fewer groups than folds, or a row has no group
 */
export function groupedKFold(
  groups: Labels,
  random: Random,
  { folds = 5, shuffle = true }: { readonly folds?: number; readonly shuffle?: boolean } = {},
): Fold[] {
  checkFolds(folds, "groupedKFold");
  const { codes, rows } = rowClasses(groups, { where: "groupedKFold", what: "group" });
  checkGroups(rows.length, folds, "groupedKFold");
  const all = Uint32Array.from(rows, (_, group) => group);
  const order = [...(shuffle ? shuffledRows(all, random) : all)].sort((a, b) => rows[b].length - rows[a].length);
  const sizes = new Uint32Array(folds);
  const foldOf = new Uint32Array(rows.length);
  for (const group of order) {
    const smallest = sizes.indexOf(Math.min(...sizes));
    sizes[smallest] += rows[group].length;
    foldOf[group] = smallest;
  }
  return foldsFromAssignment(
    Uint32Array.from(codes, (group) => foldOf[group]),
    foldNames(folds),
  );
}

/** @throws RangeError if there are fewer groups than folds */
export function checkGroups(groups: number, folds: number, where: string): void {
  if (groups < folds)
    throw new RangeError(
      `${where}: at least as many groups as folds are needed; ` +
        `got ${groups} ${groups === 1 ? "group" : "groups"} for ${folds} folds; ` +
        `${groups < 2 ? "split by rows" : `take ${groups} folds or fewer`}`,
    );
}
