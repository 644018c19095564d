// Every public name, in the order a row of data travels.

// Ground: tables, matrices, randomness, evidence.
export { makeMatrix, selectMatrixRows, type Matrix } from "./core/Matrix.js";
export { seededRandom, type Random } from "./core/random/Random.js";
export type { Field, Schema } from "./core/Schema.js";
export {
  categoryColumn,
  codesOf,
  isCategory,
  makeTable,
  numbersOf,
  rowsWhere,
  selectRows,
  textsOf,
  type CategoryColumn,
  type Column,
  type NumberColumn,
  type Table,
} from "./core/Table.js";
export { InputError } from "./core/InputError.js";
export { shownTable, type CellValue, type ColumnOf, type ShownColumn, type ShownTable } from "./core/ShownTable.js";
export { clopperPearson } from "./core/statistics/clopperPearson.js";
export { groupBootstrapInterval } from "./core/statistics/groupBootstrapInterval.js";
export { groupCodes } from "./core/statistics/groupCodes.js";
export { groupedEstimate } from "./core/statistics/groupedEstimate.js";
export { groupedStatistic, type GroupedStatistic } from "./core/statistics/groupedStatistic.js";
export { groupedSums, type GroupedSums } from "./core/statistics/groupedSums.js";
export { evaluateLinear, leastSquares } from "./core/statistics/leastSquares.js";
export { wilsonInterval } from "./core/statistics/wilsonInterval.js";
export type { Interval } from "./core/statistics/Interval.js";
export {
  estimateOf,
  knownEstimate,
  type Estimate,
  type EstimateOrReason,
  type PointEstimate,
} from "./core/statistics/Estimate.js";
export { estimateInWords } from "./core/statistics/estimateInWords.js";
export { leastEstimate } from "./core/statistics/leastEstimate.js";
export { studentEstimate } from "./core/statistics/studentEstimate.js";
export { describeMeasurement } from "./core/describeMeasurement.js";
export {
  evidenceOf,
  measurement,
  type Direction,
  type Evidence,
  type EvidenceFile,
  type Measurement,
  type Provenance,
} from "./core/Evidence.js";
export type { Fold } from "./core/Fold.js";

// Files: tables, evidence.
export type { RawTable } from "./core/RawTable.js";
export { readRawCsv } from "./io/tables/readRawCsv.js";
export { readTable } from "./io/tables/readTable.js";
export { writeTable } from "./io/tables/writeTable.js";
export { writeTableStream } from "./io/tables/writeTableStream.js";
export { readAllEvidence, recordedEvidence, type EvidenceRequest } from "./io/evidence/evidenceFiles.js";
export type { EvidenceFreshness } from "./io/evidence/evidenceFreshness.js";

// Chemistry: what a recipe is, which phases there are, and the equations from one to the other.
export { nearestStoichiometry } from "./chemistry/nearestStoichiometry.js";
export { compounds, phaseCode, phaseNames, type Compound, type PhaseName } from "./chemistry/phases.js";
export type { Conditions } from "./chemistry/Conditions.js";
export { designFault, designFaults, type Design } from "./chemistry/designFault.js";
export { labelProbabilities, phaseLabel, type LabelEvidence } from "./chemistry/phaseLabel.js";
export { leadYield } from "./chemistry/leadYield.js";
export { nucleation, type Nucleation } from "./chemistry/nucleation.js";
export { emissionEnergy, emissionPeak, emissionWidth, quantumYield } from "./chemistry/optics.js";
export { phaseFractions, type PhaseFractions } from "./chemistry/phaseFractions.js";
export {
  physics,
  physicsParameters,
  type ParameterName,
  type ParameterStatus,
  type PhysicsParameter,
  type PhysicsValues,
} from "./chemistry/physicsParameters.js";
export { growthPolymorph, polymorphNames } from "./chemistry/polymorph.js";
export { particleSize, sizeDispersion, averageHabit, type SizeConditions, type SizeHabit } from "./chemistry/size.js";
export { speciation, type Speciation } from "./chemistry/speciation.js";
export { supersaturation, type Supersaturation } from "./chemistry/supersaturation.js";
export {
  outcomeFields,
  provenanceFields,
  recipeFields,
  recipeSchema,
  routeNames,
  type RouteName,
} from "./chemistry/recipeSchema.js";

// Generation: designs, laboratories, what they make and measure.
export { asRunCampaigns, campaignRegions, wideRegions, type WeightedRegion } from "./generation/campaigns.js";
export { experimentSchema } from "./generation/experimentSchema.js";
export {
  designNames,
  generateExperiments,
  streamExperiments,
  type DesignName,
  type ExperimentChunk,
  type GeneratedExperiments,
  type GenerateOptions,
  type Rejected,
} from "./generation/generateExperiments.js";
export { laboratories, type Laboratories, type LaboratoriesOptions } from "./generation/laboratories.js";
export type { EngineName } from "./generation/makeEngine.js";
export type { TrueOutcome } from "./generation/measure.js";
export type { Range, Region, RegionRanges } from "./generation/Region.js";
export { relabel } from "./generation/relabel.js";
export { simulateExperiment, type Simulation } from "./generation/simulateExperiment.js";
export { targetedExperiments, type TargetedOptions } from "./generation/targetedExperiments.js";
export type { TwinOptions } from "./generation/twinSetup.js";

// Experiments: real tables on our schema, and how good they are.
export {
  dataStatus,
  fetchData,
  importData,
  readRealTable,
  type LoadableTable,
  type TableStatus,
  type TransferNote,
} from "./experiments/dataStore.js";
export {
  literatureFacts,
  type FactStatus,
  type Literature,
  type LiteratureFact,
  type SizeSeries,
} from "./experiments/literatureFacts.js";
export type { LoadedTable, RowNote } from "./experiments/LoadedTable.js";
export { realTables, type RealTable } from "./experiments/manifest.js";
export {
  qualityReport,
  type ColumnSummary,
  type QualityReport,
  type Violation,
} from "./monitoring/quality/qualityReport.js";

// Splitting: row indices only.
export { splitParts, type Split, type SplitPart, type SplitShares } from "./core/Split.js";
export { checkManifest, type ManifestCheck } from "./splitting/checkManifest.js";
export { forwardChaining } from "./splitting/forwardChaining.js";
export { groupedKFold } from "./splitting/groupedKFold.js";
export { groupedSplit } from "./splitting/groupedSplit.js";
export { leaveOneGroupOut } from "./splitting/leaveOneGroupOut.js";
export { nestedFolds } from "./splitting/nestedFolds.js";
export { defaultShares } from "./splitting/partShares.js";
export { repeatedStratifiedKFold } from "./splitting/repeatedStratifiedKFold.js";
export { splitManifest, type SplitManifest } from "./splitting/splitManifest.js";
export { stratifiedGroupKFold } from "./splitting/stratifiedGroupKFold.js";
export { stratifiedKFold } from "./splitting/stratifiedKFold.js";
export { stratifiedSplit } from "./splitting/stratifiedSplit.js";
export { temporalSplit } from "./splitting/temporalSplit.js";

// Features: table to matrix, fitted on training rows.
export { parseEncoder, type EncodedColumn, type Encoder } from "./features/Encoder.js";
export { decodeRecipes } from "./features/decodeRecipes.js";
export { encode } from "./features/encode.js";
export { fitEncoder, type EncoderOptions } from "./features/fitEncoder.js";
export { nominalColumns } from "./features/nominalColumns.js";
export { recipeCategories, recipeFeatures, type RecipeFeature } from "./features/recipeFeatures.js";
export { recipeFaultNames, recipeFaults } from "./chemistry/recipeFaults.js";

// Balancing: training rows only.
export { nearestNeighbours, type Neighbours } from "./neighbours/nearestNeighbours.js";
export { addGenerated, type Generated } from "./balancing/addGenerated.js";
export { adasyn } from "./balancing/adasyn.js";
export { borderlineSmote, type BorderlineOptions } from "./balancing/borderlineSmote.js";
export { classWeights, type ClassWeightOptions } from "./balancing/classWeights.js";
export type { Cleaned } from "./balancing/cleanedRows.js";
export { editedNearestNeighbours, type EditedOptions } from "./balancing/editedNearestNeighbours.js";
export type { NominalColumns } from "./balancing/nominalDistances.js";
export { oversample } from "./balancing/oversample.js";
export { noParent, rowKinds, type Origins, type Resampled, type RowKind } from "./balancing/Resampled.js";
export { smote, type SmoteOptions } from "./balancing/smote.js";
export type { Target } from "./balancing/targetCounts.js";
export { undersample } from "./balancing/undersample.js";
export { withoutTomekLinks } from "./balancing/withoutTomekLinks.js";

// Training: networks, engines, baselines, model files.
export { phaseRules, type PhaseRule } from "./chemistry/phaseRules.js";
export { coefficientIntervals } from "./core/statistics/coefficientIntervals.js";
export type { Predictor } from "./core/Predictor.js";
export { ridgeRegression, type RidgeFit, type RidgeOptions } from "./core/statistics/ridgeRegression.js";
export { chooseTrainingEngine, type ChosenEngine, type EngineChoice } from "./training/engines/chooseTrainingEngine.js";
export { loadModel } from "./training/files/loadModel.js";
export { makeTrainingEngine } from "./training/engines/makeTrainingEngine.js";
export type { Model, TargetScale, TrainingManifest } from "./training/files/Model.js";
export type { Activation, Architecture, Network } from "./training/Network.js";
export { networkPredictor, type NetworkPredictor } from "./training/networkPredictor.js";
export { onnxModel } from "./training/files/onnxModel.js";
export { predictMany, type PredictManyOptions } from "./training/predictMany.js";
export { predictProbabilities } from "./training/predictProbabilities.js";
export { predictTargets } from "./training/predictTargets.js";
export { saveModel } from "./training/files/saveModel.js";
export { tensorflowLayers } from "./training/files/tensorflowLayers.js";
export { thinnedNetwork } from "./training/thinnedNetwork.js";
export { trainClassifier, type NetworkOptions } from "./training/trainClassifier.js";
export { trainForest, type ForestModel, type ForestOptions } from "./training/baselines/trainForest.js";
export { trainLogistic, type LogisticModel, type LogisticOptions } from "./training/baselines/trainLogistic.js";
export { trainMajority, type MajorityModel } from "./training/baselines/trainMajority.js";
export { trainMany, type TrainingJob, type TrainManyOptions } from "./training/trainMany.js";
export type { TrainingData } from "./training/TrainingData.js";
export {
  trainingEngineNames,
  type TrainingEngine,
  type TrainingEngineName,
} from "./training/engines/TrainingEngine.js";
export type { EpochRecord, HiddenLayers, TrainingOptions } from "./training/TrainingOptions.js";
export { trainNetwork, type TrainedNetwork } from "./training/trainNetwork.js";
export { trainRegressor } from "./training/trainRegressor.js";
export { trainRidge, type RidgeModel } from "./training/baselines/trainRidge.js";
export { trainRules, type RuleRecord, type RulesModel } from "./training/baselines/trainRules.js";
export { trainVariational, type VariationalOptions, type VariationalTraining } from "./training/trainVariational.js";
export { trunkAndHead, type NetworkHead, type TrunkAndHead } from "./training/trunkAndHead.js";
export { drawNetwork, sampleProbabilities, type VariationalNetwork } from "./training/VariationalNetwork.js";

// Uncertainty: how sure, how far from home, and sets that keep a promise.
export { abstentionPolicy, answeredRows, type AbstentionPolicy } from "./uncertainty/selective/abstentionPolicy.js";
export { attainableCorrelation } from "./uncertainty/selective/attainableCorrelation.js";
export { classifierLaplace, type LaplacePosterior } from "./uncertainty/laplace/classifierLaplace.js";
export { deepEnsemble } from "./uncertainty/deepEnsemble.js";
export { errorCorrelation } from "./uncertainty/selective/errorCorrelation.js";
export { fitDomainCheck, type DomainCheck, type DomainVerdict } from "./uncertainty/domain/fitDomainCheck.js";
export { fitFeatureDistance } from "./uncertainty/domain/fitFeatureDistance.js";
export { featureDistances, type FeatureDistance } from "./uncertainty/domain/featureDistances.js";
export { laplacePredictor } from "./uncertainty/laplace/laplacePredictor.js";
export { monteCarloDropout } from "./uncertainty/monteCarloDropout.js";
export { outOfDomainAuc } from "./uncertainty/domain/outOfDomainAuc.js";
export type { ClassPredictive, Predictive, TargetPredictive, UncertainPredictor } from "./uncertainty/Predictive.js";
export { predictiveEntropy } from "./uncertainty/predictiveEntropy.js";
export { predictiveVariance } from "./uncertainty/predictiveVariance.js";
export { riskCoverage, type RiskCoverage } from "./uncertainty/selective/riskCoverage.js";
export { selectiveRisk, type SelectiveRisk } from "./uncertainty/selective/selectiveRisk.js";
export { targetLaplace } from "./uncertainty/laplace/targetLaplace.js";
export { topLabelErrors } from "./uncertainty/selective/topLabelErrors.js";
export { usefulness, type Usefulness } from "./uncertainty/selective/usefulness.js";
export { adapt, adaptiveBound, adaptiveThreshold, startAdaptive } from "./uncertainty/conformal/AdaptiveState.js";
export { conformalIntervals, type PredictionIntervals } from "./uncertainty/conformal/conformalIntervals.js";
export { conformalSets } from "./uncertainty/conformal/conformalSets.js";
export { conformalThreshold } from "./uncertainty/conformal/conformalThreshold.js";
export { coverageByStratum, type StratumCoverage } from "./uncertainty/conformal/coverageByStratum.js";
export { coverageLaw, type CoverageLaw } from "./uncertainty/conformal/coverageLaw.js";
export { coverageOfIntervals, type IntervalCoverage } from "./uncertainty/conformal/coverageOfIntervals.js";
export { coverageOfSets, type SetCoverage } from "./uncertainty/conformal/coverageOfSets.js";
export { crossConformalIntervals } from "./uncertainty/conformal/crossConformalIntervals.js";
export { crossConformalSets } from "./uncertainty/conformal/crossConformalSets.js";
export { fitConformalIntervals, type ConformalIntervals } from "./uncertainty/conformal/fitConformalIntervals.js";
export { fitConformalSets, type ConformalSets } from "./uncertainty/conformal/fitConformalSets.js";
export { followStream } from "./uncertainty/conformal/followStream.js";
export { holdsClass, setSize } from "./uncertainty/conformal/labelSets.js";
export { oracleSetSize } from "./uncertainty/conformal/oracleSetSize.js";
export { parseConformalSets } from "./uncertainty/conformal/parseConformalSets.js";

// Calibration: probabilities that mean what they say.
export { calibrate } from "./calibration/calibrate.js";
export { calibratedPredictor } from "./calibration/calibratedPredictor.js";
export { calibrationTest, type CalibrationTest } from "./calibration/calibrationTest.js";
export type { Calibrator } from "./calibration/Calibrator.js";
export { confidenceGap, type ConfidenceGap } from "./calibration/confidenceGap.js";
export { correctPrior } from "./calibration/correctPrior.js";
export { estimatePriors } from "./calibration/estimatePriors.js";
export { expectedCalibrationError, type ExpectedCalibrationError } from "./calibration/expectedCalibrationError.js";
export { fitHistogram } from "./calibration/fitHistogram.js";
export { fitIsotonic } from "./calibration/fitIsotonic.js";
export { fitMatrixScaling } from "./calibration/fitMatrixScaling.js";
export { fitPlatt } from "./calibration/fitPlatt.js";
export { fitQuantileRecalibration } from "./calibration/fitQuantileRecalibration.js";
export { fitSigmaScale } from "./calibration/fitSigmaScale.js";
export { fitTemperature } from "./calibration/fitTemperature.js";
export { fitVectorScaling } from "./calibration/fitVectorScaling.js";
export { gaussianPit } from "./calibration/gaussianPit.js";
export { isotonicRegression } from "./calibration/isotonicRegression.js";
export { pitHistogram } from "./calibration/pitHistogram.js";
export { parseCalibrator } from "./calibration/parseCalibrator.js";
export { plattSigmoid } from "./calibration/plattSigmoid.js";
export { reliabilityCurve, type ReliabilityBin } from "./calibration/reliabilityCurve.js";
export { surprises } from "./calibration/surprises.js";

// Metrics.
export { accuracy } from "./core/metrics/accuracy.js";
export { averagePrecision } from "./core/metrics/averagePrecision.js";
export { balancedAccuracy } from "./core/metrics/balancedAccuracy.js";
export { binnedCalibrationError } from "./core/metrics/binnedCalibrationError.js";
export { brierDecomposition } from "./core/metrics/brierDecomposition.js";
export { brierScore } from "./core/metrics/brierScore.js";
export { classRecalls, type ClassRecall } from "./core/metrics/classRecalls.js";
export { cohenKappa } from "./core/metrics/cohenKappa.js";
export { confusionMatrix, type ConfusionMatrix } from "./core/metrics/confusionMatrix.js";
export { ensembleCrps } from "./core/metrics/ensembleCrps.js";
export { gaussianCrps } from "./core/metrics/gaussianCrps.js";
export { geometricMeanRecall } from "./core/metrics/geometricMeanRecall.js";
export { intervalScore } from "./core/metrics/intervalScore.js";
export { argmax } from "./core/metrics/argmax.js";
export { logLoss } from "./core/metrics/logLoss.js";
export { matthewsCorrelation } from "./core/metrics/matthewsCorrelation.js";
export { mcNemar } from "./core/statistics/mcNemar.js";
export { multiclassRocAuc } from "./core/metrics/multiclassRocAuc.js";
export { nadeauBengio } from "./core/statistics/nadeauBengio.js";
export { newcombeInterval } from "./core/statistics/newcombeInterval.js";
export { pairedDifference, type PairedDifference } from "./core/statistics/pairedDifference.js";
export { precisionRecallF1 } from "./core/metrics/precisionRecallF1.js";
export { regressionErrors } from "./core/metrics/regressionErrors.js";
export { rocAuc } from "./core/metrics/rocAuc.js";
export { topKAccuracy } from "./core/metrics/topKAccuracy.js";

// Validation.
export { crossValidate, type CrossValidation, type RoundScore } from "./validation/crossValidate.js";
export {
  leakageAudit,
  leakKinds,
  type Leak,
  type LeakageOptions,
  type LeakageReport,
  type LeakKind,
} from "./validation/leakage/leakageAudit.js";
export { outOfFoldPredictions } from "./validation/outOfFoldPredictions.js";

// The locked test, and how often it was looked at.
export type { Touch } from "./core/Touch.js";
export { readTouches, recordTouch } from "./io/evidence/touchLedger.js";
export { lockedTestMeasurements, testTouches } from "./validation/testTouches.js";

// Scorecard: rubric and evidence to readiness.
export { assessReadiness, type Assessment } from "./scorecard/assessReadiness.js";
export { compareScorecards } from "./scorecard/compareScorecards.js";
export { compareWithReview } from "./scorecard/compareWithReview.js";
export { gateTests } from "./scorecard/gateTests.js";
export { nextMeasurements } from "./scorecard/nextMeasurements.js";
export { rescoreReview } from "./scorecard/rescoreReview.js";
export { review2025 } from "./scorecard/review2025.js";
export { scoreUncertainty } from "./scorecard/scoreUncertainty.js";
export { computeScorecard } from "./scorecard/computeScorecard.js";
export type { Exhibit, Freshness } from "./scorecard/judgeCheck.js";
export { rubric } from "./scorecard/rubric.js";
export type {
  Category,
  CategoryId,
  Check,
  CheckResult,
  CheckStatus,
  Readiness,
  Requirement,
  Rubric,
  Scorecard,
  Verdict,
} from "./scorecard/Scorecard.js";
export { scoreReadiness, type Standing } from "./scorecard/scoreReadiness.js";
export { verdictMeaning } from "./scorecard/verdictMeaning.js";

// Figures: result to Plotly specification, one function each.
export { checkFigure, type Figure } from "./figures/Figure.js";
export {
  errorBar,
  figureLayout,
  formulaMarkup,
  phaseColour,
  phaseColours,
  referenceLine,
  seriesStyles,
} from "./figures/theme.js";
export { plotClassShares, type ClassShares } from "./figures/plotClassShares.js";
export { plotEstimatePairs, type EstimatePairs } from "./figures/plotEstimatePairs.js";
export { plotLearningCurves, type CurvePoint, type LearningCurves } from "./figures/plotLearningCurves.js";
export { plotReliability, type Reliability, type ReliabilityPoint } from "./figures/plotReliability.js";
export { plotRiskCoverage, type RiskCoveragePlot } from "./figures/plotRiskCoverage.js";
export { plotRecalls, type Recalls } from "./figures/plotRecalls.js";
export { plotPhaseMap, type PhaseMap } from "./figures/plotPhaseMap.js";
export { plotProfiles, type Profiles } from "./figures/plotProfiles.js";
export { plotSizeEmission, type SizeEmission } from "./figures/plotSizeEmission.js";
export { plotSweep, type Sweep } from "./figures/plotSweep.js";
export { plotCategoryScores, type CategoryScores } from "./figures/plotCategoryScores.js";
export { plotRatioHistogram, type RatioHistogram } from "./figures/plotRatioHistogram.js";
export { plotRuleAgainstConstant, type RuleAgainstConstant } from "./figures/plotRuleAgainstConstant.js";
export { plotSizeSeries, type SizeSeriesPlot } from "./figures/plotSizeSeries.js";
export { renderSvg } from "./figures/render/renderSvg.js";

// Notebook 01, 02, 03, 04, 06, 99.
export { phasesByRatio, type PhaseRules } from "./analyses/01-experiments/phasesByRatio.js";
export { publishedTables, type TableSummaries } from "./analyses/01-experiments/publishedTables.js";
export { sizeAcrossPapers, type SizeTransfer } from "./analyses/01-experiments/sizeAcrossPapers.js";
export { sizesWithinLaboratories, type SizeLaws } from "./analyses/01-experiments/sizesWithinLaboratories.js";
export { balancingSplit, type SplitSummary } from "./analyses/03-balancing/balancingSplit.js";
export { oneSyntheticRow, type OneSyntheticRow } from "./analyses/03-balancing/oneSyntheticRow.js";
export { remedyComparison, type RemedyComparison } from "./analyses/03-balancing/remedyComparison.js";
export type { RemedyResult } from "./analyses/03-balancing/remedyScores.js";
export { smallTrainingSets, type SmallSets } from "./analyses/03-balancing/smallTrainingSets.js";
export { syntheticPhysics, type SyntheticPhysics } from "./analyses/03-balancing/syntheticPhysics.js";
export { classShares } from "./analyses/02-generation/classShares.js";
export { emissionCurve } from "./analyses/02-generation/emissionCurve.js";
export { oneRecipe, type OneRecipe } from "./analyses/02-generation/oneRecipe.js";
export { phaseMap } from "./analyses/02-generation/phaseMap.js";
export { ratioSweep } from "./analyses/02-generation/ratioSweep.js";
export { rejectedDesigns, type RejectedDesigns } from "./analyses/02-generation/rejectedDesigns.js";
export { sizeLaws, type SizeLawCurves } from "./analyses/02-generation/sizeLaws.js";
export { noiseCeilings, type NoiseCeilings } from "./analyses/02-generation/noiseCeilings.js";
export { confusionTable } from "./analyses/02-generation/confusionTable.js";
export {
  physicsCalibration,
  type CalibrationReport,
  type FittedParameter,
} from "./analyses/02-generation/physicsCalibration.js";
export { physicsProbes, type PhysicsProbes } from "./analyses/02-generation/physicsProbes.js";
export { learningCurve, type LearningCurve } from "./analyses/04-training/learningCurve.js";
export { phaseCrossValidation, type PhaseCrossValidation } from "./analyses/04-training/phaseCrossValidation.js";
export { phaseModels, type ModelScore, type PhaseModel, type PhaseModels } from "./analyses/04-training/phaseModels.js";
export { quantityModels, type QuantityModels } from "./analyses/04-training/quantityModels.js";
export { regularisation, type Regularisation } from "./analyses/04-training/regularisation.js";
export { trainingControls, type TrainingControls } from "./analyses/04-training/trainingControls.js";
export { trainingExperiments, type TrainingExperiments } from "./problems/phase/phaseExperiments.js";
export { calibrators, type Calibrators } from "./analyses/06-calibration/calibrators.js";
export { domainCheck, type DomainReport } from "./analyses/06-calibration/domainCheck.js";
export { phaseSets, type PhaseSets, type SetKind } from "./analyses/06-calibration/phaseSets.js";
export {
  uncertainModels,
  type UncertainModel,
  type UncertainModels,
} from "./analyses/06-calibration/uncertainModels.js";
export {
  uncertaintyMethods,
  type UncertaintyMethod,
  type UncertaintyMethods,
} from "./analyses/06-calibration/uncertaintyMethods.js";
export { documentation, type Documentation } from "./analyses/99-scorecard/documentation.js";
export { predictPhases, type PhasePredictions } from "./commands/predict/predictPhases.js";
export { trainPhaseModel, type PhaseTraining } from "./commands/train/trainPhaseModel.js";
export { relianceToday } from "./analyses/99-scorecard/relianceToday.js";
export * from "./analyses/99-scorecard/scorecard.js";
export { scorecardTables, type ScorecardTables } from "./analyses/99-scorecard/scorecardTables.js";

// In a cell.
export { display, type Displayable } from "./workspace/cells/display.js";
export { htmlTable, type HtmlTable } from "./workspace/cells/htmlTable.js";
export { toDataFrame, type DataFrame } from "./workspace/cells/toDataFrame.js";
export { takeaway } from "./workspace/cells/takeaway.js";
export { progressBar, type ProgressBar } from "./workspace/cells/progressBar.js";
