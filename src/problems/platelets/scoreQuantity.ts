import type { Random } from "../../core/random/Random.js";
import type { EstimateOrReason } from "../../core/statistics/Estimate.js";
import type { PlateletQuantity } from "./answerPlatelets.js";
import { estimateOver, explained, explainedOver, meanOver, shareOver } from "./overRecipes.js";

/** How a quantity was told, in its unit. */
export interface QuantityScore {
  readonly rows: number;
  /** 1 is perfect; 0 is as good as the mean of these very rows, which nobody knows beforehand. */
  readonly r2: EstimateOrReason;
  readonly meanAbsoluteError: EstimateOrReason;
  /** Share of rows within their limits. */
  readonly coverage: EstimateOrReason;
  /** Of the limits, from low to high. */
  readonly meanWidth: number;
  /** The same of the constant answer. */
  readonly constant: { readonly r2: number; readonly meanAbsoluteError: number };
}

/** What happened beside what was told of it, one per row. */
export interface Judged<Told> {
  readonly truth: readonly number[];
  readonly told: readonly Told[];
  readonly constant: readonly number[];
  /** Group of each row. */
  readonly recipes: readonly string[];
  readonly random: Random;
}

/**
 * Values and limits beside what was measured; recipes are the groups that intervals are over.
 *
 * @param options.unit  what a group is, for messages (default "recipe")
 */
export function scoreQuantity(
  { truth, told, constant, recipes, random }: Judged<PlateletQuantity>,
  { unit = "recipe" }: { readonly unit?: string } = {},
): QuantityScore {
  const values = told.map(({ value }) => value);
  const errors = truth.map((value, row) => Math.abs(value - values[row]));
  const constantErrors = truth.map((value, row) => Math.abs(value - constant[row]));
  const covered = told.map(({ low, high }, row) => Number(truth[row] >= low && truth[row] <= high));
  return {
    rows: truth.length,
    r2: explainedOver(recipes, { truth, told: values }, random.fork("r2"), { unit }),
    meanAbsoluteError: estimateOver(recipes, (rows) => meanOver(errors, rows), random.fork("error"), { unit }),
    coverage: shareOver(recipes, covered, random.fork("coverage"), { unit }),
    meanWidth: meanOver(
      told.map(({ low, high }) => high - low),
      told.keys(),
    ),
    constant: {
      r2: explained(truth, constant),
      meanAbsoluteError: meanOver(constantErrors, truth.keys()),
    },
  };
}
