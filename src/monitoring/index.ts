/*
 * Whether rows are fit for use and like those before. A table goes in, and another to compare it with; a report of
 * ranges, gaps, duplicates, balance and drift comes out. `twin quality` prints it.
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
export type { DriftTest, DriftTestOptions, GroupLabels, SampleGroups } from "./detectors/DriftTest.js";
export { jensenShannonDistance } from "./detectors/jensenShannonDistance.js";
export { jensenShannonDrift } from "./detectors/jensenShannonDrift.js";
export { kolmogorovSmirnovDrift } from "./detectors/kolmogorovSmirnovDrift.js";
export { levelDrift } from "./detectors/levelDrift.js";
export { groupsNeeded, permutationFloor, type GroupCounts } from "./detectors/permutationFloor.js";
export { permuteGroups, type GroupPermutation, type PermuteGroupsOptions } from "./detectors/permuteGroups.js";
export { populationStabilityIndex } from "./detectors/populationStabilityIndex.js";
export { smallestDetectable, type Detectable, type DetectableOptions } from "./detectors/smallestDetectable.js";
export { wassersteinDistance } from "./detectors/wassersteinDistance.js";
export { wassersteinDrift } from "./detectors/wassersteinDrift.js";
export { qualityReport, type ColumnSummary, type QualityReport, type Violation } from "./quality/qualityReport.js";
export { samplesPerParameter } from "./quality/samplesPerParameter.js";
