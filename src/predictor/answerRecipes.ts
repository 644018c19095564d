import type { Table } from "../core/Table.js";
import { encode } from "../features/encode.js";
import { checkFaults, checkLevels, checkRecipes } from "./checkRecipes.js";
import { type CoveragePromise, coveragePromise } from "./coveragePromise.js";
import type { DistanceLimit, DomainLimits } from "./domainLimits.js";
import { meanProbabilities } from "./meanProbabilities.js";
import { type PhaseAnswer, phaseAnswers } from "./phaseLimits.js";
import type { LoadedPhaseModel } from "./phaseModelOf.js";
import { columnsMissedBy, columnsOfEncoder } from "./recipeColumns.js";

/** What a model says of recipes, and what that rests on. */
export interface RecipeAnswers {
  /** One per recipe, in order; `row` counts from 1. */
  readonly rows: readonly RecipeAnswer[];
  /** What the sets promise. */
  readonly promise: CoveragePromise;
  /** Distance from training rows beyond which a recipe is an unusual combination; or why that is not checked. */
  readonly distance: Omit<DistanceLimit, "fitted"> | { readonly reason: string };
}

/** What a model says of one recipe, with the limits of what it says. */
export interface RecipeAnswer extends PhaseAnswer {
  readonly row: number;
  /** `predictionLabel` */
  readonly label: string;
}

/** Every prediction bears it. */
export const predictionLabel = "experimental: confirm in the lab";

/**
 * Phases of recipes with their limits: calibrated probabilities, a set that keeps a promise, and whether the recipe is
 * like those of training. Reads no file and no clock: it runs where the model is, also in a browser.
 *
 * @param model            as phaseModelOf gives it
 * @param recipes          columns of recipeColumns, those that the model's encoder reads among them
 * @param options.rowName  a recipe as messages name it, counted from 0
 * @throws InputError if a recipe is incomplete, out of range, or cannot be
 *   carried out (row, column, value and unit named)
 */
export function answerRecipes(
  { members, encoder, limits }: LoadedPhaseModel,
  recipes: Table,
  { rowName = (row) => `recipe ${row + 1}` }: { readonly rowName?: (row: number) => string } = {},
): RecipeAnswers {
  const missed = columnsMissedBy(encoder);
  checkRecipes(recipes, columnsOfEncoder(encoder), { where: rowName, mayMiss: (column) => missed.has(column) });
  checkLevels(recipes, encoder, rowName);
  checkFaults(recipes, rowName);
  const features = encode(encoder, recipes);
  return {
    rows: phaseAnswers(limits, features, meanProbabilities(members, features)).map((answer, i) => ({
      row: i + 1,
      ...answer,
      label: predictionLabel,
    })),
    promise: coveragePromise(limits),
    distance: withoutFit(limits.domain),
  };
}

function withoutFit({ distance }: DomainLimits): RecipeAnswers["distance"] {
  if ("reason" in distance) return distance;
  const { threshold, falseAlarm, rows } = distance;
  return { threshold, falseAlarm, rows };
}
