/*
 * How well a model does on rows that it has not seen: cross-validation, predictions out of fold, an audit of what
 * leaks from test to training, a count of looks at the locked test, and whether a target is met. Trainers and splits come in as functions and
 * row indices.
 */

export { crossValidate, type CrossValidation, type RoundScore } from "./crossValidate.js";
export { outOfFoldPredictions } from "./outOfFoldPredictions.js";
export { lockedTestMeasurements, testTouches } from "./testTouches.js";
export {
  targetVerdict,
  type TargetBar,
  type TargetEvidence,
  type TargetVerdict,
  type TargetWord,
} from "./targetVerdict.js";
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
