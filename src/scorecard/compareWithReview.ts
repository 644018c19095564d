import { describeMeasurement } from "../core/describeMeasurement.js";
import type { Exhibit } from "./judgeCheck.js";
import { rescoreReview, type Rescore } from "./rescoreReview.js";
import type { Review, ReviewFinding, Wish } from "./review2025.js";
import type { CategoryId, CheckStatus, Rubric, Scorecard } from "./Scorecard.js";

/** A review beside our scorecard. */
export interface ReviewComparison {
  readonly title: string;
  readonly table: number;
  readonly headline: number;
  /** Its category scores summed up again, in several ways. */
  readonly rescored: Rescore;
  /** Points of 10: the review's, ours from evidence, and ours if every UNKNOWN came to pass. */
  readonly categories: readonly {
    readonly id: CategoryId;
    readonly name: string;
    readonly weight: number;
    readonly theirs: number;
    readonly low: number;
    readonly high: number;
  }[];
  readonly findings: readonly AnsweredFinding[];
}

/**
 * Whether what was measured is what the review wanted, whatever the check says: `no` also where only a part of the
 * interval keeps the bound; `measured otherwise` where the number answers another question, or rests on the twin's
 * labels and the wish was for real experiments.
 */
export type Met = "yes" | "no" | "not measured" | "measured otherwise";

export interface AnsweredFinding extends ReviewFinding {
  /** What we measured, in words; UNKNOWN with the reason where nothing was. */
  readonly ours: string;
  /** Of the check, whose bar is the rubric's and may be another than the review's. */
  readonly status: CheckStatus;
  readonly met: Met;
  /** Evidence file that holds it; null where nothing was measured. */
  readonly evidence: string | null;
}

/**
 * The review's verdict and findings beside what our evidence says.
 *
 * @throws RangeError if a finding names a check that the scorecard has not, or a category has no score
 */
export function compareWithReview(
  rubric: Rubric,
  review: Review,
  scorecard: Scorecard,
  exhibits: readonly Exhibit[],
): ReviewComparison {
  const findings = review.findings.map((finding): AnsweredFinding => {
    const check = scorecard.checks.find(({ id }) => id === finding.check);
    if (check === undefined)
      throw new RangeError(`compareWithReview: every finding must name a check of the scorecard; got ${finding.check}`);
    const exhibit = exhibits.find(({ evidence }) => evidence.id === finding.measure);
    return {
      ...finding,
      status: check.status,
      met: metBy(finding.wish, exhibit),
      ours: exhibit === undefined ? "UNKNOWN (not measured)" : described(exhibit),
      evidence: exhibit?.file ?? null,
    };
  });
  return {
    title: review.title,
    table: review.table,
    headline: review.headline,
    rescored: rescoreReview(rubric, review),
    categories: scorecard.categories.map(({ id, name, weight, low, high }) => ({
      id,
      name,
      weight,
      theirs: review.categories[id],
      low,
      high,
    })),
    findings,
  };
}

function described({ evidence, freshness }: Exhibit): string {
  return freshness.matches
    ? `${describeMeasurement(evidence)}${evidence.labels === "simulated" ? ", on the twin's labels" : ""}`
    : `UNKNOWN (${freshness.difference})`;
}

function metBy(wish: Wish | undefined, exhibit: Exhibit | undefined): Met {
  if (exhibit === undefined || exhibit.evidence.value === null || !exhibit.freshness.matches) return "not measured";
  const { value, interval, labels } = exhibit.evidence;
  if (wish === undefined || (wish.labels === "real" && labels !== "real")) return "measured otherwise";
  const { low, high } = interval ?? { low: value, high: value };
  return low >= (wish.atLeast ?? -Infinity) && high <= (wish.atMost ?? Infinity) ? "yes" : "no";
}
