import { canonicalJson } from "../core/canonicalJson.js";
import type { Random } from "../core/random/Random.js";
import { compareWithReview, type ReviewComparison } from "./compareWithReview.js";
import { computeScorecard } from "./computeScorecard.js";
import { gateTests, type GateTests } from "./gateTests.js";
import type { Exhibit } from "./judgeCheck.js";
import { neededEvidence, type NeededEvidence } from "./neededEvidence.js";
import { nextMeasurements, type NextMeasurements } from "./nextMeasurements.js";
import type { Review } from "./review2025.js";
import type { Rubric, Scorecard } from "./Scorecard.js";
import { scoreUncertainty, type ScoreUncertainty } from "./scoreUncertainty.js";

/** The scorecard with what a reader asks next: how sure, by how much luck, what to do, and what the review said. */
export interface Assessment extends Scorecard {
  /** The rubric that judged, by the SHA-256 of its canonical JSON: a threshold that moved shows here. */
  readonly rubric: { readonly version: string; readonly sha256: string };
  readonly uncertainty: ScoreUncertainty;
  readonly tests: GateTests;
  readonly next: NextMeasurements;
  /** Which evidence would open the closed gates. */
  readonly needed: readonly NeededEvidence[];
  readonly review: ReviewComparison;
}

/**
 * Everything that follows from a rubric, the evidence and a review.
 *
 * @param random        of the score's uncertainty
 * @param options.hash  SHA-256 in hex: `sha256`
 * @throws RangeError as `computeScorecard` and `compareWithReview`
 */
export function assessReadiness(
  rubric: Rubric,
  exhibits: readonly Exhibit[],
  review: Review,
  random: Random,
  { hash }: { readonly hash: (content: string) => string },
): Assessment {
  const scorecard = computeScorecard(rubric, exhibits);
  const uncertainty = scoreUncertainty(rubric, exhibits, random);
  return {
    ...scorecard,
    rubric: { version: rubric.version, sha256: hash(canonicalJson(rubric)) },
    uncertainty,
    tests: gateTests(rubric, scorecard, exhibits, uncertainty),
    next: nextMeasurements(rubric, scorecard),
    needed: neededEvidence(rubric, scorecard, exhibits),
    review: compareWithReview(rubric, review, scorecard, exhibits),
  };
}
