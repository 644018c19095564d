import type { Fold } from "../core/Fold.js";
import type { Random } from "../core/random/Random.js";
import { shuffledRows } from "../core/random/shuffledRows.js";
import { checkFolds, foldNames, foldsFromAssignment } from "./foldsFromAssignment.js";
import { rowClasses, type Labels } from "./rowClasses.js";

/**
 * Folds that each test every class in its share: of each class two folds test the same number of rows or one more or
 * less. Classes are laid end to end in order of first appearance and dealt out in turn, as scikit-learn does since
 * 0.22, so that the sizes of folds differ by one row at most as well.
 *
 * @param labels  class of each row, shape [n]
 * @param options.folds    at least 2 (default 5)
 * @param options.onSmallClass  gets a note on each class that has fewer rows than there are folds, which is then dealt
 *   out all the same, so that some folds do not test it; without it such a class is refused
 * @param options.shuffle  whether chance decides which rows of a class go to which fold (default); otherwise the first
 *                         rows go to the first fold, as in scikit-learn, and `random` is not used
 * @returns every row is tested exactly once
 * @throws RangeError if a class has fewer rows than there are folds and `onSmallClass` is not given, if there are fewer
 *   rows than folds, or a row has no label
 *
 * @example
 * ```ts
 * import { seededRandom, stratifiedKFold } from "cspbbr3-twin";
 *
 * const labels = ["a", "a", "a", "a", "b", "b"];
 * const [first, second] = stratifiedKFold(labels, seededRandom(1), { folds: 2 });
 * console.log(first.test, second.test);
 * // Uint32Array(3) [ 0, 2, 5 ] Uint32Array(3) [ 1, 3, 4 ]
 * ```
 */
export function stratifiedKFold(
  labels: Labels,
  random: Random,
  {
    folds = 5,
    shuffle = true,
    onSmallClass,
  }: { readonly folds?: number; readonly shuffle?: boolean; readonly onSmallClass?: (note: string) => void } = {},
): Fold[] {
  checkFolds(folds, "stratifiedKFold");
  const { codes, names, rows } = rowClasses(labels, { where: "stratifiedKFold" });
  if (onSmallClass !== undefined && codes.length < folds)
    throw new RangeError(`stratifiedKFold: every one of ${folds} folds must test a row; got ${codes.length} rows`);
  rows.forEach(({ length: count }, small) => {
    if (count >= folds) return;
    if (onSmallClass === undefined)
      throw new RangeError(
        `stratifiedKFold: every class must have a row for each of ${folds} folds; ` +
          `class "${names[small]}" has ${count}; ` +
          `take ${count < 2 ? "" : `${count} folds or fewer, `}more rows, merge classes, or allow it with onSmallClass`,
      );
    onSmallClass(`class "${names[small]}" is tested in ${count} of ${folds} folds: it has no more rows`);
  });
  const testFold = new Uint32Array(codes.length);
  const byAppearance = rows.map((_, one) => one).sort((a, b) => rows[a][0] - rows[b][0]);
  let dealt = 0;
  for (const one of byAppearance) {
    const quotas = new Uint32Array(folds);
    for (let i = 0; i < rows[one].length; i++) quotas[(dealt + i) % folds]++;
    dealt += rows[one].length;
    const inOrder = shuffle ? shuffledRows(rows[one], random.fork(names[one])) : rows[one];
    let next = 0;
    quotas.forEach((quota, fold) => {
      for (let i = 0; i < quota; i++) testFold[inOrder[next++]] = fold;
    });
  }
  return foldsFromAssignment(testFold, foldNames(folds));
}
