import { InputError } from "../core/InputError.js";
import type { Random } from "../core/random/Random.js";
import { type EstimateOrReason, estimateOf } from "../core/statistics/Estimate.js";
import { groupCodes } from "../core/statistics/groupCodes.js";
import { groupInterval } from "../core/statistics/groupInterval.js";
import { noReplicates, type ReplicateOptions, replicatePairs } from "./replicatePairs.js";

/** How accurate a model of classes can be at best, as far as replicates tell. */
export interface ReplicateCeiling {
  /** Share of its replicates that have a row's class, mean over rows: a. */
  readonly agreement: EstimateOrReason;
  /** Between these lies the best accuracy of any model: a and √a, at their values; null without replicates. */
  readonly best: { readonly least: number; readonly most: number } | null;
  /** The upper end of √a: an accuracy above it is UNATTAINABLE; null where there is no interval. */
  readonly favourable: number | null;
  /** Rows that have a replicate. */
  readonly n: number;
  readonly pairs: number;
  /** Recipes that were repeated. */
  readonly recipes: number;
  /** Over which the interval is. */
  readonly groups: number;
}

/**
 * Ceiling of accuracy from replicates: agreement a of rows that repeat one recipe bounds the best accuracy of any model
 * that is told the recipe, a <= best <= √a.
 *
 * Of a recipe whose classes come with probabilities p, two rows agree with Σp², and the best answer is right with
 * max p, which lies between Σp² and its root; the root is concave, so that the mean over recipes keeps its place. Rows
 * must be independent but for the recipe: `apart` pairs only those of other plates, laboratories or dates.
 *
 * @param labels   class of each row, shape [n]
 * @param recipes  what each row repeats, shape [n]: rows of one recipe are replicates; "" repeats nothing
 * @param random   required; equal streams give equal intervals
 * @param options  2,000 draws, level 0.95; `apart` and `groups`, as said above; `unit` names a group (default recipe)
 * @returns without a value, and with the reason, where no row has a replicate; without an interval over a single group
 * @throws InputError if lists are not one per row
 *
 * @example
 * ```ts
 * import { replicateCeiling, seededRandom, unattainable } from "cspbbr3-twin";
 *
 * const scores = [4, 4, 3, 1, 2, 2, 4, 3, 1, 1];
 * const recipes = ["a", "a", "b", "b", "c", "c", "d", "d", "e", "e"];
 * const ceiling = replicateCeiling(scores, recipes, seededRandom(1));
 * const { agreement, best, favourable, n } = ceiling;
 * console.log(agreement.value, best?.most.toFixed(3), favourable?.toFixed(3), n);
 * // 0.6 0.775 0.998 10
 * console.log(unattainable(ceiling, 0.9), unattainable(ceiling, 0.999));
 * // false true
 * ```
 */
export function replicateCeiling(
  labels: ArrayLike<string | number>,
  recipes: readonly (string | number)[],
  random: Random,
  { apart, groups, unit, draws, level }: ReplicateOptions = {},
): ReplicateCeiling {
  if (labels.length !== recipes.length)
    throw new InputError({
      where: "replicateCeiling",
      must: `labels must be one per row, ${recipes.length}`,
      got: String(labels.length),
      mend: "give one for every row of the recipes, in their order",
    });
  const found = replicatePairs(recipes, { apart, groups }, "replicateCeiling");
  const { rows, sets, cells } = found;
  const counted = {
    n: rows.length,
    pairs: found.pairs,
    recipes: new Set(sets).size,
    groups: new Set(found.groups).size,
  };
  if (rows.length === 0)
    return {
      agreement: { value: null, interval: null, reason: noReplicates(recipes.length, apart, unit ?? "plate") },
      best: null,
      favourable: null,
      ...counted,
    };
  const statistic = agreementOf({
    sets,
    cells,
    classes: groupCodes(Array.from(rows, (row) => labels[row])).codes,
  });
  const value = statistic(Uint32Array.from(rows.keys()));
  const { interval, reason } = groupInterval(found.groups, statistic, random, {
    kind: "share",
    unit: unit ?? (groups === undefined ? "recipe" : "group"),
    draws,
    level,
  });
  const best = { least: value, most: Math.sqrt(value) };
  if (interval === null) return { agreement: { value, interval, reason }, best, favourable: null, ...counted };
  const agreement = estimateOf(value, interval);
  return {
    agreement: { ...agreement, reason: null },
    best,
    favourable: Math.sqrt(agreement.interval.high),
    ...counted,
  };
}

/** Rows with a partner, by recipe, cell and class. */
interface ClassRows {
  readonly sets: Uint32Array;
  readonly cells: Uint32Array;
  readonly classes: Uint32Array;
}

/** Mean over rows of the share of partners that have their class; rows are counted, so that one may come twice. */
function agreementOf({ sets, cells, classes }: ClassRows): (rows: Uint32Array) => number {
  const compound = (a: Uint32Array, b: Uint32Array): Uint32Array =>
    groupCodes(Array.from(a, (one, i) => `${one} ${b[i]}`)).codes;
  const [setClasses, cellClasses] = [compound(sets, classes), compound(cells, classes)];
  const keys = [sets, cells, setClasses, cellClasses];
  const counts = keys.map((key) => new Float64Array(key.length));
  return (rows) => {
    for (const one of counts) one.fill(0);
    for (const row of rows) for (let k = 0; k < keys.length; k++) counts[k][keys[k][row]]++;
    let [sum, paired] = [0, 0];
    for (const row of rows) {
      const [inSet, inCell, alikeInSet, alikeInCell] = counts.map((count, k) => count[keys[k][row]]);
      if (inSet === inCell) continue;
      sum += (alikeInSet - alikeInCell) / (inSet - inCell);
      paired++;
    }
    return sum / paired;
  };
}
