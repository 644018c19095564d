/*
 * What notebooks show, one function for each analysis. A call computes where its inputs are present and otherwise
 * returns the recorded evidence; out come evidence and figures. A folder named after a notebook is used by that
 * notebook alone.
 */

export { phasesByRatio, type PhaseRules } from "./01-experiments/phasesByRatio.js";
export { publishedTables, type TableSummaries } from "./01-experiments/publishedTables.js";
export { sizeAcrossPapers, type SizeTransfer } from "./01-experiments/sizeAcrossPapers.js";
export { sizesWithinLaboratories, type SizeLaws } from "./01-experiments/sizesWithinLaboratories.js";
export { classShares } from "./02-generation/classShares.js";
export { confusionTable } from "./02-generation/confusionTable.js";
export { emissionCurve } from "./02-generation/emissionCurve.js";
export { noiseCeilings, type NoiseCeilings } from "./02-generation/noiseCeilings.js";
export { oneRecipe, type OneRecipe } from "./02-generation/oneRecipe.js";
export { phaseMap } from "./02-generation/phaseMap.js";
export {
  physicsCalibration,
  type CalibrationReport,
  type FittedParameter,
} from "./02-generation/physicsCalibration.js";
export { physicsProbes, type PhysicsProbes } from "./02-generation/physicsProbes.js";
export { ratioSweep } from "./02-generation/ratioSweep.js";
export { rejectedDesigns, type RejectedDesigns } from "./02-generation/rejectedDesigns.js";
export { sizeLaws, type SizeLawCurves } from "./02-generation/sizeLaws.js";
export { balancingSplit, type SplitSummary } from "./03-balancing/balancingSplit.js";
export { oneSyntheticRow, type OneSyntheticRow } from "./03-balancing/oneSyntheticRow.js";
export { remedyComparison, type RemedyComparison } from "./03-balancing/remedyComparison.js";
export type { RemedyResult } from "./03-balancing/remedyScores.js";
export { smallTrainingSets, type SmallSets } from "./03-balancing/smallTrainingSets.js";
export { syntheticPhysics, type SyntheticPhysics } from "./03-balancing/syntheticPhysics.js";
export { learningCurve, type LearningCurve } from "./04-training/learningCurve.js";
export type { OneRecipeByModels } from "./04-training/oneRecipeByModels.js";
export { phaseCrossValidation, type PhaseCrossValidation } from "./04-training/phaseCrossValidation.js";
export { phaseModels, type ModelScore, type PhaseModel, type PhaseModels } from "./04-training/phaseModels.js";
export { quantityModels, type QuantityModels } from "./04-training/quantityModels.js";
export { regularisation, type Regularisation } from "./04-training/regularisation.js";
export { trainingControls, type TrainingControls } from "./04-training/trainingControls.js";
export { phaseTuning, type PhaseTuning } from "./05-tuning/phaseTuning.js";
export { plateletTuning, type PlateletTuning } from "./05-tuning/plateletTuning.js";
export { calibrators, type Calibrators } from "./06-calibration/calibrators.js";
export { domainCheck, type DomainReport } from "./06-calibration/domainCheck.js";
export { missingAnswers, type MissingAnswers, type MissingCase } from "./06-calibration/missingAnswers.js";
export { publishedAnswers, type PublishedAnswers, type PublishedLine } from "./06-calibration/publishedAnswers.js";
export { ruleRecommendations, type RuleRecommendations } from "./06-calibration/ruleRecommendations.js";
export { phaseSets, type PhaseSets, type SetKind } from "./06-calibration/phaseSets.js";
export { twoAnswers, type TwoAnswers } from "./06-calibration/twoAnswers.js";
export { uncertainModels, type UncertainModel, type UncertainModels } from "./06-calibration/uncertainModels.js";
export {
  uncertaintyMethods,
  type UncertaintyMethod,
  type UncertaintyMethods,
} from "./06-calibration/uncertaintyMethods.js";
export { continuousValidation } from "./07-validation/continuousValidation.js";
export { crystallisationQuestions, type CrystallisationQuestions } from "./07-validation/crystallisationQuestions.js";
export { plateletQuestions, type PlateletQuestions } from "./07-validation/plateletQuestions.js";
export { publishedQuestions, type PublishedQuestions } from "./07-validation/publishedQuestions.js";
export { reviewTargets, type ReviewTargets } from "./07-validation/reviewTargets.js";
export { twinAgainstReality, type TwinAgainstReality } from "./07-validation/twinAgainstReality.js";
export { controlRecipe, type ControlRecipe, type FoundChange } from "./08-operation/controlRecipe.js";
export { dataFaultDrills, type DataFaultDrills } from "./08-operation/dataFaultDrills.js";
export { degradationDrills, type DegradationDrills } from "./08-operation/degradationDrills.js";
export { driftDrills, type DriftDrillReport } from "./08-operation/driftDrills.js";
export { rolloutDrills, type RolloutDrills } from "./08-operation/rolloutDrills.js";
export { rolloutStory, type RolloutStory } from "./08-operation/rolloutStory.js";
export { documentation, type Documentation } from "./99-scorecard/documentation.js";
export { relianceToday } from "./99-scorecard/relianceToday.js";
export * from "./99-scorecard/scorecard.js";
export { scorecardTables, type ScorecardTables } from "./99-scorecard/scorecardTables.js";
