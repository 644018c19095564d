/*
 * Whether rows are fit for use and like those before. A table goes in, and another to compare it with; a report of
 * ranges, gaps, duplicates, balance and drift comes out. `twin quality` and `twin drift` print it. Rows of a batch are
 * not independent: detectors take the batch of each row, and say so where batches are too few to tell.
 */

export {
  detectDrift,
  namesOfRows,
  type DetectDriftOptions,
  type DriftReport,
  type FeatureChange,
  type FeatureDrift,
} from "./detectDrift.js";
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
export { wassersteinDistance } from "./detectors/wassersteinDistance.js";
export { wassersteinDrift } from "./detectors/wassersteinDrift.js";
export { qualityReport, type ColumnSummary, type QualityReport, type Violation } from "./quality/qualityReport.js";
export { featureShares, type FeatureShares } from "./featureShares.js";
export { predictionDrift } from "./predictionDrift.js";
export { samplesPerParameter } from "./quality/samplesPerParameter.js";
