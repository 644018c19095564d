import type { TableFault } from "../../io/tables/TableFault.js";
import { distancePromise, predictionLabel, type RecipeAnswers } from "../../predictor/answerRecipes.js";
import type { LoadedPhaseModel } from "../../predictor/phaseModelOf.js";
import type { LeakageRecord } from "../../training/files/Model.js";
import type { MappingReport } from "../recipeReader.js";
import type { AdviceSetting } from "./adviser.js";
import type { AdvisedAnswer } from "./answerBatch.js";
import type { KeptRegistration } from "./keepRegistered.js";
import type { StoredModel } from "./readyModel.js";

/** What a model says of every recipe of a file. */
export interface PhasePredictions extends Omit<RecipeAnswers, "rows" | "refused"> {
  /** Of this form. */
  readonly version: 1;
  /** Null where flags gave the recipe. */
  readonly file: string | null;
  readonly model: string;
  /**
   * What the audit of its training found to leak into its test; null for models of before it was stored, and for those
   * of an own laboratory, which are judged by cross-validation.
   */
  readonly leakage: LeakageRecord | null;
  /** `predictionLabel`: every prediction bears it. */
  readonly label: string;
  /** Recipes that are answered. */
  readonly answered: number;
  /** Their answers, those that are kept. */
  readonly rows: readonly AdvisedAnswer[];
  /** Why near experiments of a single recipe were not looked for; null where they were, and of tables. */
  readonly noNearest: string | null;
  /** Recipes that cannot be answered. */
  readonly unanswered: number;
  /** Why not, the first ones: a table of answers has all. */
  readonly refused: readonly TableFault[];
  readonly out: string | null;
  /** How the recipes were read, where that is not plain, and what was assumed of them. */
  readonly notes: readonly string[];
  /** What became of its rows, where it was read by a column map; else null. */
  readonly mapping: MappingReport | null;
  /** What was registered of the answers; null where nothing was to be. */
  readonly registered: KeptRegistration | null;
}

/** What of the predictions depends on the recipes. */
export type AnsweredRecipes = Omit<
  PhasePredictions,
  "version" | "model" | "leakage" | "label" | "promise" | "distance"
>;

/** Predictions with what the model says of all of them, in the order in which they are written. */
export function predictionsOf(
  { name, stored, model }: { readonly name: string; readonly stored: StoredModel; readonly model: LoadedPhaseModel },
  { file, ...answers }: AnsweredRecipes,
): PhasePredictions {
  return {
    version: 1,
    file,
    model: name,
    leakage: "network" in stored ? (stored.network.manifest.leakage ?? null) : null,
    label: predictionLabel,
    promise: model.promise,
    distance: distancePromise(model.limits),
    ...answers,
  };
}

/** What is asked beside answers: of a single recipe more, as of a table it would be too long to read. */
export function adviceWanted({
  isOne,
  explain,
  secondOpinion,
}: {
  readonly isOne: boolean;
  readonly explain: boolean;
  readonly secondOpinion: boolean;
}): AdviceSetting | null {
  if (!isOne && !explain && !secondOpinion) return null;
  return {
    explain: explain ? (isOne ? "thorough" : "quick") : null,
    secondOpinion,
    supersaturations: isOne,
    nearest: isOne && explain,
  };
}
