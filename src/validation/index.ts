/*
 * How well a model does on rows that it has not seen: cross-validation, predictions out of fold, an audit of what
 * leaks from test to training, rivals compared on the same rows with what these could have shown, how much replicates
 * leave to be known, whether a target is met, and a count of looks at the locked test. Trainers and splits come in as
 * functions and row indices.
 */

export { crossValidate, type CrossValidation, type RoundScore } from "./crossValidate.js";
export { detectableDifference } from "./detectableDifference.js";
export { groupsToShow } from "./groupsToShow.js";
export { judgeComparison, type ComparisonVerdict, type RivalVerdict } from "./judgeComparison.js";
export { outOfFoldPredictions } from "./outOfFoldPredictions.js";
export {
  pairedComparison,
  type ComparisonOptions,
  type GainSpread,
  type PairedComparison,
} from "./pairedComparison.js";
export { powerAt } from "./powerAt.js";
export { replicateCeiling, type ReplicateCeiling } from "./replicateCeiling.js";
export { replicateNoise, type NoiseOptions, type ReplicateNoise } from "./replicateNoise.js";
export type { ReplicateOptions } from "./replicatePairs.js";
export { lockedTestMeasurements, testTouches } from "./testTouches.js";
export {
  targetVerdict,
  type TargetBar,
  type TargetEvidence,
  type TargetVerdict,
  type TargetWord,
} from "./targetVerdict.js";
export { unattainable } from "./unattainable.js";
export { auditFolds, type AuditedFold, type FoldAudit, type SeenGroup } from "./leakage/auditFolds.js";
export { isSameInformation } from "./leakage/isSameInformation.js";
export {
  leakageAudit,
  leakKinds,
  type Leak,
  type LeakageOptions,
  type LeakageReport,
  type LeakKind,
} from "./leakage/leakageAudit.js";
export { leakageVerdict } from "./leakage/leakageVerdict.js";
