/*
 * Applies a saved model. A model and recipes go in; calibrated probabilities, a set of phases, numbers with intervals,
 * what was missing, whether the recipe is like those of training, and the label of every prediction come out. It reads
 * no file and nothing that only Node has: it runs in a browser too. `twin predict` stands on it.
 */

export { type AnswerColumns, answerColumns, type QuantityColumn } from "./answerColumns.js";
export {
  answerRecipes,
  type MissingAnswer,
  predictionLabel,
  type QuantityAnswer,
  type RecipeAnswer,
  type RecipeAnswers,
} from "./answerRecipes.js";
export type { CalibrateRows } from "./calibrateRows.js";
export type { DrivingSupersaturation } from "./drivingSupersaturations.js";
export { type ExplainEffort, type InputChange, type PhaseChange, quick, thorough } from "./explainPhase.js";
export type { KnownExperiments, NearExperiment } from "./nearestExperiments.js";
export {
  type AdviceOptions,
  type AskSimulator,
  type RecipeAdvice,
  recipeAdvice,
  type SecondOpinion,
} from "./recipeAdvice.js";
export type { RuleTrackRecord, RuleView, TrackRecord } from "./rulesView.js";
export type { RecipeFault } from "./checkRecipes.js";
export type { CoveragePromise, PhasePromise } from "./coveragePromise.js";
export type { DistanceLimit, DomainAnswers, DomainLimits, FeatureRange } from "./domainLimits.js";
export { onnxPhaseModel } from "./onnx/onnxPhaseModel.js";
export { phaseModelOf, type LoadedPhaseModel } from "./phaseModelOf.js";
export type { LimitsWithout } from "./limitsWithout.js";
export type { NetworkAnswers } from "./meanAnswers.js";
export type { PhaseLimits } from "./phaseLimits.js";
export type { QuantityCeiling, QuantityLimits } from "./quantityLimits.js";
export { recipeColumns } from "./recipeColumns.js";
