import { InputError } from "../core/InputError.js";
import { checkLevel } from "../core/statistics/checkLevel.js";
import { type EstimateOrReason, estimateOf } from "../core/statistics/Estimate.js";
import { groupJackknife } from "../core/statistics/groupJackknife.js";
import type { IntervalOrReason } from "../core/statistics/Interval.js";
import { jackknifeInterval } from "../core/statistics/jackknifeInterval.js";
import { noReplicates, type ReplicateOptions, type ReplicatePairs, replicatePairs } from "./replicatePairs.js";

/** How much of a quantity any model can explain at best, as far as replicates tell. */
export interface ReplicateNoise {
  /** Standard deviation between replicates of one recipe, in the unit of the quantity; null without replicates. */
  readonly deviation: number | null;
  /** Standard deviation of the rows that are to be predicted. */
  readonly spread: number | null;
  /** Of R²: one less the replicates' variance over that of the rows to be predicted. */
  readonly ceiling: EstimateOrReason;
  /** The upper end of the ceiling: an R² above it is UNATTAINABLE; null where there is no interval. */
  readonly favourable: number | null;
  /** Rows that have a replicate. */
  readonly n: number;
  readonly pairs: number;
  /** Recipes that were repeated. */
  readonly recipes: number;
  /** Over which the interval is. */
  readonly groups: number;
}

/** Which rows repeat one another, and what is to be predicted. */
export interface NoiseOptions extends Omit<ReplicateOptions, "draws"> {
  /**
   * Mean squared distance of the rows to be predicted from their mean, by the same split as the R² that is held
   * against the ceiling (default: of all rows given). It is taken as known.
   */
  readonly variance?: number;
}

/**
 * Ceiling of R² from replicates: 1 - replicate variance / variance. No model that is told the recipe alone foresees by
 * how much its replicates differ.
 *
 * The replicates' variance is half the mean squared difference of pairs, each recipe weighed by its replicates less
 * one: the pooled variance within recipes, or with `apart` that between plates, laboratories or dates.
 *
 * @param values   finite, shape [n]
 * @param recipes  what each row repeats, shape [n]: rows of one recipe are replicates; "" repeats nothing
 * @param options  level 0.95; `variance`, `apart` and `groups`; `unit` names a group (default recipe)
 * @returns without a value, and with the reason, where no row has a replicate; without an interval over few groups
 * @throws InputError if lists are not one per row, a value is not finite, or the variance is not above 0
 *
 * @example
 * ```ts
 * import { replicateNoise } from "cspbbr3-twin";
 *
 * const peaks = [450, 453, 470, 466, 490, 489, 512, 515, 430, 431];
 * const recipes = ["a", "a", "b", "b", "c", "c", "d", "d", "e", "e"];
 * const { deviation, ceiling, favourable } = replicateNoise(peaks, recipes);
 * console.log(deviation?.toFixed(2), ceiling.value?.toFixed(3), favourable?.toFixed(3));
 * // 1.90 0.996 1.000
 * ```
 */
export function replicateNoise(
  values: ArrayLike<number>,
  recipes: readonly (string | number)[],
  { apart, groups, unit, level = 0.95, variance: given }: NoiseOptions = {},
): ReplicateNoise {
  checkLevel(level, "replicateNoise");
  if (values.length !== recipes.length)
    throw new InputError({
      where: "replicateNoise",
      must: `values must be one per row, ${recipes.length}`,
      got: String(values.length),
      mend: "give one for every row of the recipes, in their order",
    });
  const bad = Array.from(values).findIndex((value) => !Number.isFinite(value));
  if (bad >= 0)
    throw new InputError({
      where: `replicateNoise, row ${bad}`,
      must: "every value must be finite",
      got: String(values[bad]),
      mend: "leave rows that were not measured out, and say how many",
    });
  const variance = given ?? varianceOf(values);
  const found = replicatePairs(recipes, { apart, groups }, "replicateNoise");
  const counted = {
    n: found.rows.length,
    pairs: found.pairs,
    recipes: new Set(found.sets).size,
    groups: new Set(found.groups).size,
  };
  if (found.rows.length === 0)
    return {
      deviation: null,
      spread: values.length > 0 ? Math.sqrt(variance) : null,
      ceiling: { value: null, interval: null, reason: noReplicates(recipes.length, apart, unit ?? "plate") },
      favourable: null,
      ...counted,
    };
  if (!(variance > 0 && variance < Infinity))
    throw new InputError({
      where: "replicateNoise",
      must: "the rows to be predicted must vary",
      got: `a variance of ${variance}`,
      mend: "give the variance of the test rows; where all are alike there is nothing to explain",
    });
  const noise = noiseVarianceOf(found, values);
  const ceilingOf = (rows: Uint32Array): number => 1 - noise(rows) / variance;
  const all = Uint32Array.from(found.rows.keys());
  const value = ceilingOf(all);
  const { interval, reason } = leaveOut(found.groups, ceilingOf, {
    unit: unit ?? (groups === undefined ? "recipe" : "group"),
    level,
  });
  const ceiling: EstimateOrReason =
    interval === null ? { value, interval, reason } : { ...estimateOf(value, interval), reason: null };
  return {
    deviation: Math.sqrt(noise(all)),
    spread: Math.sqrt(variance),
    ceiling,
    favourable: ceiling.interval?.high ?? null,
    ...counted,
  };
}

/** Squares scatter so unevenly that draws of 60 recipes hold in 87 % instead of 95 %: ln(1 - R²) holds there too. */
function leaveOut(
  groups: readonly (string | number)[],
  ceilingOf: (rows: Uint32Array) => number,
  { unit, level }: { readonly unit: string; readonly level: number },
): IntervalOrReason {
  const values = groupJackknife(groups, ceilingOf);
  if (values.without.length > 1) return jackknifeInterval(values, { kind: "explained", level, unit });
  return { interval: null, reason: `at least 2 groups are needed; got 1 ${unit}` };
}

function varianceOf(values: ArrayLike<number>): number {
  const all = Array.from(values);
  const mean = all.reduce((a, b) => a + b, 0) / all.length;
  return all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / all.length;
}

/** Half the mean squared difference of pairs, recipes weighed by their cells less one; a row may come twice. */
function noiseVarianceOf(
  { rows: own, sets, cells, setOfCell }: ReplicatePairs,
  values: ArrayLike<number>,
): (rows: Uint32Array) => number {
  const count = new Set(sets).size;
  // About the first value of its recipe each number is small, and squares lose no digits.
  const first = new Float64Array(count).fill(Number.NaN);
  const about = Float64Array.from(own, (row, i) => {
    if (Number.isNaN(first[sets[i]])) first[sets[i]] = values[row];
    return values[row] - first[sets[i]];
  });
  const ofCell = [0, 1, 2].map(() => new Float64Array(setOfCell.length));
  const ofSet = [0, 1, 2, 3, 4, 5].map(() => new Float64Array(count));
  return (rows) => {
    for (const sums of [...ofCell, ...ofSet]) sums.fill(0);
    for (const i of rows) {
      ofCell[0][cells[i]]++;
      ofCell[1][cells[i]] += about[i];
      ofCell[2][cells[i]] += about[i] ** 2;
    }
    setOfCell.forEach((set, cell) => {
      const [n, sum, squares] = ofCell.map((sums) => sums[cell]);
      if (n === 0) return;
      [n, sum, squares, 1, n ** 2, n * squares - sum ** 2].forEach((term, k) => (ofSet[k][set] += term));
    });
    let [total, weights] = [0, 0];
    for (let set = 0; set < count; set++) {
      const [n, sum, squares, parts, pairsWithin, distanceWithin] = ofSet.map((sums) => sums[set]);
      if (parts < 2) continue;
      // Over ordered pairs: Σ(y - y')² is twice n Σy² - (Σy)², and of them n² - Σn_cell² lie between cells.
      const between = n * squares - sum ** 2 - distanceWithin;
      total += (parts - 1) * (between / (n ** 2 - pairsWithin));
      weights += parts - 1;
    }
    return total / weights;
  };
}
