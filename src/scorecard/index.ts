/*
 * From evidence to readiness. The rubric is data: checks, thresholds, weights and gates. Evidence goes in; a score
 * with its bounds, a verdict, the next useful measurements, and the 2025 review judged by the same rules come out.
 */

export { assessReadiness, type Assessment } from "./assessReadiness.js";
export { compareScorecards } from "./compareScorecards.js";
export { compareWithReview } from "./compareWithReview.js";
export { computeScorecard } from "./computeScorecard.js";
export { gateTests } from "./gateTests.js";
export type { Exhibit, Freshness } from "./judgeCheck.js";
export { nextMeasurements } from "./nextMeasurements.js";
export { rescoreReview } from "./rescoreReview.js";
export { review2025 } from "./review2025.js";
export { rubric } from "./rubric.js";
export type {
  Category,
  CategoryId,
  Check,
  CheckResult,
  CheckStatus,
  Readiness,
  ReasonCode,
  Requirement,
  Rubric,
  Scorecard,
  Verdict,
} from "./Scorecard.js";
export { scoreReadiness, type Standing } from "./scoreReadiness.js";
export { scoreUncertainty } from "./scoreUncertainty.js";
export { verdictMeaning } from "./verdictMeaning.js";
