/*
 * Searches for good settings. An objective goes in, a function of one's own or a module that is carried out in threads;
 * a study of its trials comes out, the same for the same seed at any number of workers. Samplers propose, pruners stop
 * what is not worth its time, folders keep studies whatever is killed, and journals take them to Optuna and back.
 */

export { dominationRanks } from "./dominationRanks.js";
export { readOptunaJournal, type ReadJournal } from "./files/readOptunaJournal.js";
export { readStudy, type KeptStudy } from "./files/studyFile.js";
export type { StudyRecord } from "./files/StudyRecord.js";
export type { ObjectiveSettings, StudySettings } from "./files/StudySettings.js";
export { writeOptunaJournal } from "./files/writeOptunaJournal.js";
export { hypervolume } from "./hypervolume.js";
export { parameterImportances, type ImportanceOptions, type ParameterImportance } from "./parameterImportances.js";
export {
  importanceIntervals,
  type EstimatedImportance,
  type ImportanceIntervalOptions,
} from "./importanceIntervals.js";
export { meanIncumbents, type MeanIncumbent, type MeanIncumbentsOptions } from "./meanIncumbents.js";
export { openTrial, type OpenTrial, type TrialRules, type TrialView } from "./openTrial.js";
export { optimize, type Objective, type OptimizeOptions } from "./optimize.js";
export { optimizeInRungs, type Reached, type ReachRung, type RungOptions } from "./optimizeInRungs.js";
export type {
  CategoricalParameter,
  Choice,
  FloatParameter,
  IntegerParameter,
  Parameter,
  ParameterValues,
} from "./Parameter.js";
export { paretoFront } from "./paretoFront.js";
export { halvingPruner, type HalvingPrunerOptions } from "./pruners/halvingPruner.js";
export { medianPruner, type MedianPrunerOptions } from "./pruners/medianPruner.js";
export { patiencePruner, type PatiencePrunerOptions } from "./pruners/patiencePruner.js";
export type { Pruner, PrunerSettings, PrunerView } from "./pruners/Pruner.js";
export { prunerOf } from "./pruners/prunerOf.js";
export { wilcoxonPruner, type WilcoxonPrunerOptions } from "./pruners/wilcoxonPruner.js";
export { readStudyFolder, type StudyStanding } from "./readStudyFolder.js";
export { runStudy, type RunStudyOptions, type StudyRun } from "./runStudy.js";
export { gaussianSampler, type GaussianSamplerOptions, type Surrogate } from "./samplers/gaussianSampler.js";
export { gridSampler, gridSize, type Grid } from "./samplers/gridSampler.js";
export { randomSampler } from "./samplers/randomSampler.js";
export type { Sampler, SamplerSettings, SamplerView } from "./samplers/Sampler.js";
export { samplerOf, type SamplerParts } from "./samplers/samplerOf.js";
export { sobolSampler } from "./samplers/sobolSampler.js";
export { tpeSampler, type TpeOptions } from "./samplers/tpeSampler.js";
export { checkSpace, type Condition, type SearchSpace, type SpaceParameter } from "./SearchSpace.js";
export { createStudy, type AskedTrial, type Study, type StudyHistory, type StudyOptions } from "./Study.js";
export type { StudyPlan } from "./StudyPlan.js";
export type { NamedObjective } from "./studyInWords.js";
export {
  summarizeStudy,
  type AtRangeEnd,
  type StudySummary,
  type TrialCounts,
  type TrialResult,
} from "./summarizeStudy.js";
export type { Direction as StudyDirection, Trial, TrialEnd, TrialOutcome, TrialState, TrialStep } from "./Trial.js";
export { valueSurface, type ValueSurface, type ValueSurfaceOptions } from "./valueSurface.js";
export type { ModuleObjective, OwnObjective, StudyObjective, StudyTrial } from "./workers/StudyObjective.js";
