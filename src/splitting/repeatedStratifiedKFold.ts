import type { Fold } from "../core/Fold.js";
import type { Random } from "../core/random/Random.js";
import type { Labels } from "./rowClasses.js";
import { stratifiedKFold } from "./stratifiedKFold.js";

/**
 * Stratified folds several times over, each time by other chance: how much a score owes to the folds.
 *
 * @param options.folds    at least 2 (default 5)
 * @param options.repeats  at least 1 (default 3)
 * @returns one list of folds per repeat; each tests every row exactly once
 * @throws RangeError as stratifiedKFold, or if there is no repeat
 */
export function repeatedStratifiedKFold(
  labels: Labels,
  random: Random,
  { folds = 5, repeats = 3 }: { readonly folds?: number; readonly repeats?: number } = {},
): readonly (readonly Fold[])[] {
  if (!(Number.isInteger(repeats) && repeats >= 1))
    throw new RangeError(`repeatedStratifiedKFold: repeats must be a whole number of at least 1; got ${repeats}`);
  return Array.from({ length: repeats }, (_, repeat) =>
    stratifiedKFold(labels, random.fork(repeat), { folds }).map((fold) => ({
      ...fold,
      name: `${fold.name}, repeat ${repeat + 1}`,
    })),
  );
}
