/*
 * Whether rows are fit for use and like those before. A table goes in, and another to compare it with; a report of
 * ranges, gaps, duplicates, balance and drift comes out. `twin quality` prints it. Monitors of streams take one value,
 * or one batch, after another: a state goes in and the next comes out, and their rates of false alarms are measured.
 */

export { tableDrift } from "./tableDrift.js";
export { qualityReport, type ColumnSummary, type QualityReport, type Violation } from "./quality/qualityReport.js";
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
export { degradationTable, type DegradationTable } from "./streams/degradationTable.js";
export {
  estimatePerformance,
  type EstimatedPerformance,
  type PredictedRows,
  type PredictedShare,
} from "./streams/estimatePerformance.js";
export { falseAlarms, type FalseAlarms } from "./streams/falseAlarms.js";
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
