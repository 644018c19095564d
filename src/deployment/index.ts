/*
 * Whether a new version may take over, as pure decisions: canary, comparison of variants, shadow, and whether requests
 * went where they were drawn to. Counts of requests and outcomes go in, states and reports with their numbers come out;
 * all may be looked at after every request, and no data is never a pass.
 */

export { type Arm, type ArmEvidence, type ArmRow, logEvidence, noEvidence, withArmRows } from "./armEvidence.js";
export type { ArmCounts } from "./ArmCounts.js";
export { compareShadow, type ShadowComparison, type ShadowCounts } from "./compareShadow.js";
export {
  compareVariants,
  observeVariants,
  startVariants,
  type VariantComparison,
  type VariantPlan,
  type VariantState,
} from "./compareVariants.js";
export {
  decideRollout,
  type RolloutAction,
  type RolloutDecision,
  type RolloutReason,
  type RolloutReports,
} from "./decideRollout.js";
export { drawnArm } from "./drawnArm.js";
export { drillCanary, type CanaryDrills, type CanaryFault, type DrillOptions } from "./drillCanary.js";
export { drillVariants, type VariantDrills } from "./drillVariants.js";
export {
  evaluateCanary,
  harms,
  observeOutcomes,
  observeRequests,
  startCanary,
  type ArmOutcome,
  type ArmRequest,
  type CanaryPlan,
  type CanaryReport,
  type CanaryState,
  type Harm,
  type HarmFound,
} from "./evaluateCanary.js";
export { sampleRatioMismatch, type SampleRatio } from "./sampleRatioMismatch.js";
