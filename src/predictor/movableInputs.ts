import { recipeFields } from "../chemistry/recipeSchema.js";
import { numbersOf, type Table, textsOf } from "../core/Table.js";
import type { Encoder } from "../features/Encoder.js";
import { recipeFeatures } from "../features/recipeFeatures.js";

/** A number of a recipe that a chemist could set otherwise, on the scale on which a model sees it. */
export interface MovableInput {
  readonly column: string;
  readonly unit: string;
  /**
   * The column's value so many standard deviations of training rows from that of a recipe, to three digits; null where
   * the recipe does not give it, or nobody could set it so.
   */
  readonly moved: (row: number, deviations: number) => number | null;
}

/** Three digits can be weighed; what is told is then exactly what was tried. */
const digits = 3;

/**
 * Inputs of recipes that have a feature of their own in the encoder: temperature, times, amounts, shares. They are
 * moved on the feature's scale (logarithmic but for temperature and the share of polar solvent), one at a time, other
 * amounts as they are. Bromide can be moved where an ammonium bromide brings some of it; a polar or poor solvent where
 * the recipe has one, and not to none, which would be another route.
 *
 * @param recipes  in the terms of the twin (twinTerms)
 */
export function movableInputs(recipes: Table, { columns }: Encoder): MovableInput[] {
  const lead = numbersOf(recipes, "leadMolar");
  const bromideSource = textsOf(recipes, "bromideSource");
  return columns.flatMap((encoded) => {
    if (encoded.kind !== "number" || !("feature" in encoded.source)) return [];
    const { feature: name } = encoded.source;
    const feature = recipeFeatures.find((one) => one.name === name);
    if (feature?.column === undefined || feature.inverse === undefined) return [];
    const { column, inverse, needs, value } = feature;
    const numbers = Object.fromEntries(needs.map((need) => [need, numbersOf(recipes, need)]));
    const { min = -Infinity, max = Infinity, unit } = recipeFields[column];
    const isFixed = (row: number): boolean =>
      (column === "bromideMolar" && !bromideSource[row].includes("oleylammonium")) ||
      (namesRoute.has(column) && numbers[column][row] === 0);
    // The feature of each recipe as it is; NaN where the input cannot be moved.
    const before = Float64Array.from({ length: recipes.numRows }, (_, row) =>
      isFixed(row) || needs.some((need) => Number.isNaN(numbers[need][row]))
        ? Number.NaN
        : value({ number: (need) => numbers[need][row], text: () => "" }),
    );
    const moved = (row: number, deviations: number): number | null => {
      if (Number.isNaN(before[row])) return null;
      const after = Number(inverse(before[row] + deviations * encoded.scale, lead[row]).toPrecision(digits));
      const isSame = after === numbers[column][row] || (namesRoute.has(column) && after === 0);
      return isSame || !(after >= min && after <= max) ? null : after;
    };
    return [{ column, unit, moved }];
  });
}

const namesRoute: ReadonlySet<string> = new Set(["polarSolventFraction", "antisolventRatio"]);
