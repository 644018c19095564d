/*
 * The twin: designs of recipes, laboratories with their habits and batches, what they make, and what they measure of
 * it. A seed and options go in, a table of experiments comes out, the same to the last byte at any number of threads.
 * Notebooks, training and `twin generate` take their rows from here.
 */

export {
  answersByLaboratory,
  laboratoriesToAsk,
  type AnswersByLaboratory,
  type AnswersByLaboratoryOptions,
} from "./answersByLaboratory.js";
export { asRunCampaigns, campaignRegions, wideRegions, type WeightedRegion } from "./campaigns.js";
export { experimentSchema } from "./experimentSchema.js";
export {
  designNames,
  generateExperiments,
  streamExperiments,
  type DesignName,
  type ExperimentChunk,
  type GeneratedExperiments,
  type GenerateOptions,
  type Rejected,
} from "./generateExperiments.js";
export { laboratories, type Laboratories, type LaboratoriesOptions } from "./laboratories.js";
export {
  laboratoryEvidence,
  laboratoryWeights,
  weighedAnswers,
  weightsLeavingOut,
  type LaboratoryEvidence,
  type LaboratoryWeights,
  type LaboratoryWeightsOptions,
} from "./laboratoryWeights.js";
export { calendarFields, type CalendarField } from "./layout.js";
export type { EngineName } from "./makeEngine.js";
export type { TrueOutcome } from "./measure.js";
export type { Range, Region, RegionRanges } from "./Region.js";
export {
  recipeSimulator,
  type SimulatedAnswers,
  type SimulatedColumn,
  type SimulatedReadings,
  type SimulatorOptions,
} from "./recipeSimulator.js";
export { relabel } from "./relabel.js";
export { simulateExperiment, type Simulation } from "./simulateExperiment.js";
export { targetedExperiments, type TargetedOptions } from "./targetedExperiments.js";
export type { TwinOptions } from "./twinSetup.js";
