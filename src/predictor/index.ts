/*
 * Applies a saved model, and fits nothing. A model and recipes go in; calibrated probabilities, a set of phases,
 * whether the recipe is like those of training, and the label of every prediction come out. It reads no file and
 * nothing that only Node has: it runs in a browser too. `twin predict` stands on it.
 */

export { answerRecipes, predictionLabel, type RecipeAnswer, type RecipeAnswers } from "./answerRecipes.js";
export type { CoveragePromise, PhasePromise } from "./coveragePromise.js";
export type { DistanceLimit, DomainAnswer, DomainLimits, FeatureRange } from "./domainLimits.js";
export { phaseModelOf, type LoadedPhaseModel } from "./phaseModelOf.js";
export type { PhaseAnswer, PhaseLimits } from "./phaseLimits.js";
export { recipeColumns } from "./recipeColumns.js";
