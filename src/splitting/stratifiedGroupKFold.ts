import type { Fold } from "../core/Fold.js";
import type { Random } from "../core/random/Random.js";
import { shuffledRows } from "../core/random/shuffledRows.js";
import { checkFolds, foldNames, foldsFromAssignment } from "./foldsFromAssignment.js";
import { checkGroups } from "./groupedKFold.js";
import { rowClasses, type Labels } from "./rowClasses.js";

/**
 * Folds of whole groups that test classes in shares as equal as groups allow. Greedy, by the rule of scikit-learn's
 * StratifiedGroupKFold (1.2): the groups whose class counts scatter most come first, each to the fold for which
 * the scatter of class shares between folds, averaged over classes, ends lowest; of equals to the one with fewer rows.
 *
 * @param labels  class of each row, shape [n]
 * @param groups  group of each row, shape [n]
 * @param options.folds    at least 2, at most as many as groups (default 5)
 * @param options.shuffle  whether groups that scatter equally come in random order (default) or in their own
 * @returns every row is tested exactly once, no group is in two tests
 * @throws RangeError if lengths differ, a row has no label or group, there are fewer groups than
 *   folds, or the groups leave a fold without rows
 */
export function stratifiedGroupKFold(
  labels: Labels,
  groups: Labels,
  random: Random,
  { folds = 5, shuffle = true }: { readonly folds?: number; readonly shuffle?: boolean } = {},
): Fold[] {
  checkFolds(folds, "stratifiedGroupKFold");
  const classes = rowClasses(labels, { where: "stratifiedGroupKFold" });
  const grouped = rowClasses(groups, { where: "stratifiedGroupKFold", what: "group" });
  if (classes.codes.length !== grouped.codes.length)
    throw new RangeError(
      "stratifiedGroupKFold: labels and groups must have the same length; " +
        `got ${classes.codes.length} and ${grouped.codes.length}`,
    );
  checkGroups(grouped.rows.length, folds, "stratifiedGroupKFold");
  const counts = grouped.rows.map((rows) => {
    const ofGroup = new Float64Array(classes.names.length);
    for (const row of rows) ofGroup[classes.codes[row]]++;
    return ofGroup;
  });
  const foldOf = dealGroups(counts, {
    folds,
    totals: classes.rows.map(({ length }) => length),
    order: groupOrder(counts, shuffle ? random : null),
  });
  const all = foldsFromAssignment(
    Uint32Array.from(grouped.codes, (group) => foldOf[group]),
    foldNames(folds),
  );
  const bare = all.find(({ test }) => test.length === 0);
  if (bare !== undefined)
    throw new RangeError(
      `stratifiedGroupKFold: every fold must test a group; ${grouped.rows.length} groups leave none for ` +
        `fold ${bare.name}; take fewer folds`,
    );
  return all;
}

function groupOrder(counts: readonly Float64Array[], random: Random | null): number[] {
  const all = Uint32Array.from(counts, (_, group) => group);
  const scatter = counts.map((ofGroup) => standardDeviation(ofGroup));
  return [...(random === null ? all : shuffledRows(all, random))].sort((a, b) => scatter[b] - scatter[a]);
}

/** Differences of rounding do not make one fold better than another. */
const equalWithin = 1e-9;

function dealGroups(
  counts: readonly Float64Array[],
  {
    folds,
    totals,
    order,
  }: { readonly folds: number; readonly totals: readonly number[]; readonly order: readonly number[] },
): Uint32Array {
  const shares = totals.map(() => new Float64Array(folds));
  const sizes = new Float64Array(folds);
  const foldOf = new Uint32Array(counts.length);
  const put = (group: number, fold: number, sign: 1 | -1): void =>
    totals.forEach((total, one) => (shares[one][fold] += (sign * counts[group][one]) / total));
  for (const group of order) {
    let best = { fold: -1, scatter: Infinity };
    for (let fold = 0; fold < folds; fold++) {
      put(group, fold, 1);
      const scatter = shares.reduce((sum, ofClass) => sum + standardDeviation(ofClass), 0) / totals.length;
      put(group, fold, -1);
      if (
        scatter < best.scatter - equalWithin ||
        (scatter < best.scatter + equalWithin && sizes[fold] < sizes[best.fold])
      )
        best = { fold, scatter };
    }
    put(group, best.fold, 1);
    sizes[best.fold] += counts[group].reduce((a, b) => a + b, 0);
    foldOf[group] = best.fold;
  }
  return foldOf;
}

function standardDeviation(values: Float64Array): number {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
