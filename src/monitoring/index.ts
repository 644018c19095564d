/*
 * Whether rows are fit for use and like those before. A table goes in, and another to compare it with; a report of
 * ranges, gaps, duplicates, balance and drift comes out. `twin quality` and `twin drift` print it. Rows of a batch are
 * not independent: detectors take the batch of each row, and say so where batches are too few to tell. Monitors of
 * streams take one value, or one batch, after another: a state goes in and the next comes out, and their rates of false
 * alarms are measured. Incoming tables are held against a fitted reference; what any report finds becomes an alert, of
 * a kind that has its runbook.
 */

export { detectDrift, type DetectDriftOptions } from "./detectDrift.js";
export type { DriftReport, FeatureChange, FeatureDrift } from "./DriftReport.js";
export { fitDriftReference, namesOfRows, type DriftReference } from "./fitDriftReference.js";
export { chiSquareDrift } from "./detectors/chiSquareDrift.js";
export {
  classifierTwoSample,
  type ClassifierTwoSampleOptions,
  type SampleClassifier,
} from "./detectors/classifierTwoSample.js";
export type { DriftTest, DriftTestOptions, GroupLabels, SampleGroups } from "./detectors/DriftTest.js";
export {
  exchangeabilityMartingale,
  type ExchangeabilityMartingale,
  type ExchangeabilityOptions,
} from "./detectors/exchangeabilityMartingale.js";
export { jensenShannonDistance } from "./detectors/jensenShannonDistance.js";
export { jensenShannonDrift } from "./detectors/jensenShannonDrift.js";
export { kolmogorovSmirnovDrift } from "./detectors/kolmogorovSmirnovDrift.js";
export { labelShift, type LabelShift, type LabelShiftOptions } from "./detectors/labelShift.js";
export { levelDrift } from "./detectors/levelDrift.js";
export { maximumMeanDiscrepancy, type NumberRows } from "./detectors/maximumMeanDiscrepancy.js";
export { groupsNeeded, permutationFloor, type GroupCounts } from "./detectors/permutationFloor.js";
export { permuteGroups, type GroupPermutation, type PermuteGroupsOptions } from "./detectors/permuteGroups.js";
export { populationStabilityIndex } from "./detectors/populationStabilityIndex.js";
export { smallestDetectable, type Detectable, type DetectableOptions } from "./detectors/smallestDetectable.js";
export { sortSample, type DriftSample, type SortedSample } from "./detectors/SortedSample.js";
export { wassersteinDistance } from "./detectors/wassersteinDistance.js";
export { wassersteinDrift } from "./detectors/wassersteinDrift.js";
export { alertDefinitions, alertIds, alertOfFault, makeAlert, type AlertDefinition, type AlertId } from "./alerts.js";
export {
  acknowledgeAlert,
  alertBook,
  openAlerts,
  raiseAlerts,
  resolveAlert,
  stoppingAlerts,
  type AlertBook,
  type AlertName,
  type AlertRecord,
  type DatedAnswer,
} from "./alerts/alertBook.js";
export { driftAlerts, labelShiftAlerts } from "./alerts/driftAlerts.js";
export {
  degradationAlerts,
  estimateAlerts,
  outcomesAlerts,
  type DegradationCounts,
} from "./alerts/performanceAlerts.js";
export { qualityAlerts } from "./alerts/qualityAlerts.js";
export {
  promotionAlert,
  registryAlert,
  rollbackAlert,
  rolloutAlerts,
  undoneRolloutAlert,
  type RolloutFindings,
} from "./alerts/rolloutAlerts.js";
export { serverAlerts, type ServerAlertLimits, type ServerWindow } from "./alerts/serverAlerts.js";
export { dataFaults, type PlantedFault, type PlantFault } from "./quality/dataFaults.js";
export { drillDataFaults, type DataDrill, type DataDrillOptions, type DataDrills } from "./quality/drillDataFaults.js";
export {
  fitReference,
  type CategoryProfile,
  type NumberProfile,
  type ReferenceProfile,
} from "./quality/incoming/fitReference.js";
export {
  dataFaultNames,
  type DataFaultName,
  type IncomingReport,
  type QualityFinding,
  type UncheckedQuality,
} from "./quality/incoming/IncomingReport.js";
export { inspectIncoming } from "./quality/incoming/inspectIncoming.js";
export type { LotProfile, LotQuantity } from "./quality/incoming/lotProfile.js";
export type { MissingCombinations } from "./quality/incoming/missingCombinations.js";
export type { ShareProfile } from "./quality/incoming/missingShare.js";
export type { RowColumns } from "./quality/incoming/RowColumns.js";
export type { TieRates } from "./quality/incoming/tieRates.js";
export type { ValueDensity } from "./quality/incoming/valueDensity.js";
export { drillDrift, type DriftDrillOptions, type DriftDrills } from "./drillDrift.js";
export { qualityReport, type ColumnSummary, type QualityReport, type Violation } from "./quality/qualityReport.js";
export { featureShares, type FeatureShares } from "./featureShares.js";
export { predictionDrift } from "./predictionDrift.js";
export { samplesPerParameter } from "./quality/samplesPerParameter.js";
export { adwin, startAdwin, type AdwinSettings, type AdwinState } from "./streams/adwin.js";
export { batchEvidence, type BatchAlternative } from "./streams/batchEvidence.js";
export { cusum, startCusum, type CusumSettings, type CusumState } from "./streams/cusum.js";
export {
  degradationMonitors,
  measureDegradationMonitors,
  type Degradation,
  type DegradationMonitor,
  type MeasuredMonitor,
} from "./streams/degradationMonitors.js";
export { chosenMonitor, degradationTable, type DegradationTable } from "./streams/degradationTable.js";
export {
  estimatePerformance,
  type EstimatedPerformance,
  type PredictedRows,
  type PredictedShare,
} from "./streams/estimatePerformance.js";
export { averageRunLength, falseAlarms, type FalseAlarms } from "./streams/falseAlarms.js";
export {
  operatingCharacteristics,
  type OperatingCharacteristics,
  type OperatingOptions,
} from "./streams/operatingCharacteristics.js";
export {
  awaitOutcomes,
  judgeOutcomes,
  startOutcomes,
  takeOutcomes,
  type OutcomeSettings,
  type OutcomeState,
} from "./streams/outcomeMonitor.js";
export {
  pageHinkley,
  startPageHinkley,
  type PageHinkleySettings,
  type PageHinkleyState,
} from "./streams/pageHinkley.js";
export { settingsForRate, type RatedThreshold, type RateOptions } from "./streams/settingsForRate.js";
export { errorStream, valueStream, type StreamLaw } from "./streams/StreamLaw.js";
export {
  batchMeanMonitor,
  batchMonitor,
  rowMonitor,
  type MonitorState,
  type StreamMonitor,
} from "./streams/StreamMonitor.js";
