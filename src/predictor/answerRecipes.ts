import { phaseNames } from "../chemistry/phases.js";
import type { ReagentList } from "../chemistry/reagentList.js";
import type { Table } from "../core/Table.js";
import { holdsClass } from "../uncertainty/conformal/labelSets.js";
import { type AnswerColumns, answerColumns } from "./answerColumns.js";
import type { RecipeFault } from "./checkRecipes.js";
import type { CoveragePromise } from "./coveragePromise.js";
import type { DistanceLimit } from "./domainLimits.js";
import type { PhaseLimits } from "./phaseLimits.js";
import type { LoadedPhaseModel } from "./phaseModelOf.js";

/** What a model says of recipes, and what that rests on. */
export interface RecipeAnswers {
  /** One per recipe that is answered, in order. */
  readonly rows: readonly RecipeAnswer[];
  /** Recipes that are not, and why. */
  readonly refused: readonly RecipeFault[];
  /** What the sets promise. */
  readonly promise: CoveragePromise;
  /** Distance from training rows beyond which a recipe is an unusual combination; or why that is not checked. */
  readonly distance: Omit<DistanceLimit, "fitted"> | { readonly reason: string };
}

/** What a model says of one recipe, with the limits of what it says. */
export interface RecipeAnswer {
  /** Counted from 1. */
  readonly row: number;
  /** The likeliest one. */
  readonly phase: string;
  /** By phase; they sum to 1. */
  readonly probabilities: Readonly<Record<string, number>>;
  /**
   * Holds the phase of 9 in 10 new recipes of each phase that tell as much, where they are like those of training;
   * empty where none fits.
   */
  readonly set: readonly string[];
  /** In which ways it lies outside, in words; none where it lies within. */
  readonly outside: readonly string[];
  /** From the training rows, measured in their own spread; null where it is not checked. */
  readonly distance: number | null;
  /** Whether it lies outside in no way: no proof that it is like those of training. */
  readonly inDomain: boolean;
  readonly missing: MissingAnswer;
  /** By column of outcomes. */
  readonly quantities: Readonly<Record<string, QuantityAnswer>>;
  /** `predictionLabel` */
  readonly label: string;
}

/** What a recipe does not tell, and what that costs. */
export interface MissingAnswer {
  readonly columns: readonly string[];
  /** Phases in a set, on average over calibrate rows that are told as little, and over those that are told all. */
  readonly setSize: number | null;
  readonly setSizeOfWhole: number | null;
}

/** A number with a 90 % interval, of products that have one. */
export interface QuantityAnswer {
  readonly unit: string;
  /** Null where it is not answered, with the reason. */
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly reason: string | null;
}

/** Every prediction bears it. */
export const predictionLabel = "experimental: confirm in the lab";

/**
 * Phases and quantities of recipes with their limits, as answerColumns finds them, one object per recipe.
 *
 * @param model    as phaseModelOf gives it
 * @param recipes  columns of recipeColumns; those that are absent count as missing in every recipe
 */
export function answerRecipes(
  model: LoadedPhaseModel,
  recipes: Table,
  options: { readonly reagents?: ReagentList } = {},
): RecipeAnswers {
  const columns = answerColumns(model, recipes, options);
  const { limits } = model;
  return {
    rows: Array.from(columns.rows.keys(), (place) => recipeAnswer(columns, place, model)),
    refused: columns.refused,
    promise: model.promise,
    distance: distancePromise(limits),
  };
}

/** The answer in one place of the columns. */
export function recipeAnswer(columns: AnswerColumns, place: number, { without }: LoadedPhaseModel): RecipeAnswer {
  const { rows, phase, probabilities, sets, outside, distance, limits, quantities } = columns;
  const byPhase: Record<string, number> = {};
  for (let k = 0; k < phaseNames.length; k++) byPhase[phaseNames[k]] = probabilities[place * phaseNames.length + k];
  const beyond = outside.get(place) ?? [];
  const { missing, setSize, intervals } = limits[place];
  const known = (value: number): number | null => (Number.isNaN(value) ? null : value);
  return {
    row: rows[place] + 1,
    phase: phaseNames[phase[place]],
    probabilities: byPhase,
    set: phaseNames.filter((_, k) => holdsClass(sets[place], k)),
    inDomain: beyond.length === 0,
    outside: beyond,
    distance: known(distance[place]),
    missing: { columns: missing, setSize, setSizeOfWhole: missing.length === 0 ? setSize : without([]).setSize },
    quantities: Object.fromEntries(
      quantities.map(({ column, unit, value, low, high, reason }, k) => [
        column,
        {
          unit,
          value: known(value[place]),
          low: known(low[place]),
          high: known(high[place]),
          reason: reason ?? intervals[k]?.thresholds[0].reason ?? null,
        },
      ]),
    ),
    label: predictionLabel,
  };
}

/** What is said of the distance from training rows. */
export function distancePromise({ domain: { distance } }: Pick<PhaseLimits, "domain">): RecipeAnswers["distance"] {
  if ("reason" in distance) return distance;
  const { threshold, falseAlarm, rows } = distance;
  return { threshold, falseAlarm, rows };
}
