/*
 * The ground that all other folders stand on: tables and matrices, splits and seeded randomness, metrics, statistics
 * and their intervals, evidence, and the error that says what must hold. Numbers and typed arrays go in, plain named
 * results come out. It imports nothing of ours and reads no file.
 */

export type { Alert, AlertAnswer, AlertEvent, AlertSeverity } from "./Alert.js";
export { dayNumbers } from "./dayNumbers.js";
export { describeMeasurement } from "./describeMeasurement.js";
export {
  evidenceOf,
  measurement,
  type Direction,
  type Evidence,
  type EvidenceFile,
  type Measurement,
  type Provenance,
} from "./Evidence.js";
export type { Fold } from "./Fold.js";
export { InputError } from "./InputError.js";
export { visibleText } from "./visibleText.js";
export { makeMatrix, selectMatrixRows, type Matrix } from "./Matrix.js";
export { nearEqualLevels } from "./nearEqualLevels.js";
export type { Predictor } from "./Predictor.js";
export type { RawTable } from "./RawTable.js";
export type { RowNote } from "./RowNote.js";
export type { Field, Schema } from "./Schema.js";
export { shownTable, type CellValue, type ColumnOf, type ShownColumn, type ShownTable } from "./ShownTable.js";
export { splitParts, type Split, type SplitPart, type SplitShares } from "./Split.js";
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
} from "./Table.js";
export type { Touch } from "./Touch.js";
export { accuracy } from "./metrics/accuracy.js";
export { argmax } from "./metrics/argmax.js";
export { averagePrecision } from "./metrics/averagePrecision.js";
export { balancedAccuracy } from "./metrics/balancedAccuracy.js";
export { binnedCalibrationError } from "./metrics/binnedCalibrationError.js";
export { brierDecomposition } from "./metrics/brierDecomposition.js";
export { brierScore } from "./metrics/brierScore.js";
export { classRecalls, type ClassRecall } from "./metrics/classRecalls.js";
export { cohenKappa } from "./metrics/cohenKappa.js";
export { confusionMatrix, type ConfusionMatrix } from "./metrics/confusionMatrix.js";
export { ensembleCrps } from "./metrics/ensembleCrps.js";
export { equalMassCuts } from "./metrics/equalMassCuts.js";
export { gaussianCrps } from "./metrics/gaussianCrps.js";
export { geometricMeanRecall } from "./metrics/geometricMeanRecall.js";
export { intervalScore } from "./metrics/intervalScore.js";
export { logLoss } from "./metrics/logLoss.js";
export { matthewsCorrelation } from "./metrics/matthewsCorrelation.js";
export { multiclassRocAuc } from "./metrics/multiclassRocAuc.js";
export { oneAgainstRest } from "./metrics/oneAgainstRest.js";
export { precisionRecallF1 } from "./metrics/precisionRecallF1.js";
export { regressionErrors } from "./metrics/regressionErrors.js";
export { rocAuc } from "./metrics/rocAuc.js";
export { softmax } from "./metrics/softmax.js";
export { topKAccuracy } from "./metrics/topKAccuracy.js";
export { topLabel } from "./metrics/topLabel.js";
export { seededRandom, type Random } from "./random/Random.js";
export { adjustedProbabilities, type Adjustment } from "./statistics/adjustedProbabilities.js";
export { agrestiCoullInterval } from "./statistics/agrestiCoullInterval.js";
export { barnardExact } from "./statistics/barnardExact.js";
export { bcaInterval, type BcaInterval } from "./statistics/bcaInterval.js";
export { cliffDelta } from "./statistics/cliffDelta.js";
export { clopperPearson } from "./statistics/clopperPearson.js";
export { coefficientIntervals } from "./statistics/coefficientIntervals.js";
export { cohenD, type CohenD } from "./statistics/cohenD.js";
export { cohenH } from "./statistics/cohenH.js";
export { detectableShift } from "./statistics/detectableShift.js";
export { effectiveGroups } from "./statistics/effectiveGroups.js";
export { equivalenceTest, type EquivalenceTest } from "./statistics/equivalenceTest.js";
export {
  estimateOf,
  knownEstimate,
  type Estimate,
  type EstimateOrReason,
  type PointEstimate,
} from "./statistics/Estimate.js";
export { estimateInWords } from "./statistics/estimateInWords.js";
export { explainedInterval } from "./statistics/explainedInterval.js";
export { explainedOfRows } from "./statistics/explainedOfRows.js";
export { fisherExact } from "./statistics/fisherExact.js";
export { groupBcaInterval } from "./statistics/groupBcaInterval.js";
export { groupBootstrapInterval, groupCountsInterval } from "./statistics/groupBootstrapInterval.js";
export { groupCodes } from "./statistics/groupCodes.js";
export { groupedEstimate } from "./statistics/groupedEstimate.js";
export { groupedStatistic, type GroupedStatistic } from "./statistics/groupedStatistic.js";
export { groupedSums, type GroupedSums } from "./statistics/groupedSums.js";
export { estimateOverGroups } from "./statistics/estimateOverGroups.js";
export { groupInterval } from "./statistics/groupInterval.js";
export { groupJackknife } from "./statistics/groupJackknife.js";
export { incompleteBeta } from "./statistics/incompleteBeta.js";
export type { Interval, IntervalOrReason } from "./statistics/Interval.js";
export { jackknifeInterval, type JackknifeValues, type StatisticKind } from "./statistics/jackknifeInterval.js";
export { jeffreysInterval } from "./statistics/jeffreysInterval.js";
export { kendallCorrelation, type KendallCorrelation } from "./statistics/kendallCorrelation.js";
export { kruskalWallis, type KruskalWallis } from "./statistics/kruskalWallis.js";
export { leastEstimate } from "./statistics/leastEstimate.js";
export { evaluateLinear, leastSquares } from "./statistics/leastSquares.js";
export { leveneTest } from "./statistics/leveneTest.js";
export { mcNemar } from "./statistics/mcNemar.js";
export { meanOfRows } from "./statistics/meanOfRows.js";
export { meanWithInterval } from "./statistics/meanWithInterval.js";
export { minimizeSmooth } from "./statistics/minimizeSmooth.js";
export { mixtureRatio } from "./statistics/mixtureRatio.js";
export { nadeauBengio } from "./statistics/nadeauBengio.js";
export { newcombeInterval } from "./statistics/newcombeInterval.js";
export { noncentralStudent } from "./statistics/noncentralStudent.js";
export { oddsRatio } from "./statistics/oddsRatio.js";
export { pairedDifference, type PairedDifference } from "./statistics/pairedDifference.js";
export { pearsonCorrelation, type Correlation, type CorrelationOptions } from "./statistics/pearsonCorrelation.js";
export { rankSumTest, type RankTest } from "./statistics/rankSumTest.js";
export { ridgeRegression, type RidgeFit, type RidgeOptions } from "./statistics/ridgeRegression.js";
export { rowsPerSample, trialsPerShare, type PlannedTest } from "./statistics/rowsPerSample.js";
export { sequenceReach } from "./statistics/sequenceReach.js";
export { shapiroWilk, type ShapiroWilk } from "./statistics/shapiroWilk.js";
export { shareSequence } from "./statistics/shareSequence.js";
export { shareTest, type ShareTest } from "./statistics/shareTest.js";
export { signedRankTest } from "./statistics/signedRankTest.js";
export { spearmanCorrelation } from "./statistics/spearmanCorrelation.js";
export { studentEstimate } from "./statistics/studentEstimate.js";
export { studentPower, type StudentTestOptions } from "./statistics/studentPower.js";
export { studentTest, type StudentTest, type StudentTestKind } from "./statistics/studentTest.js";
export { trialsNeeded } from "./statistics/trialsNeeded.js";
export { varianceAnalysis, type FisherTest } from "./statistics/varianceAnalysis.js";
export { wilsonInterval } from "./statistics/wilsonInterval.js";
