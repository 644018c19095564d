import type { CheckResult, CheckStatus, Readiness } from "./Scorecard.js";

/** What a comparison needs of a scorecard, and what identifies the rubric and the evidence it was computed from. */
export interface JudgedScorecard extends ScoreSummary {
  readonly checks: readonly Pick<CheckResult, "id" | "status" | "reason" | "evidence">[];
  readonly rubric?: { readonly sha256: string };
  /** SHA-256 of each evidence file, by id. */
  readonly evidence: Readonly<Record<string, string>>;
}

export type ScoreSummary = Pick<Readiness, "low" | "high" | "cap" | "displayed" | "verdict">;

export interface ScorecardComparison {
  readonly before: ScoreSummary;
  readonly after: ScoreSummary;
  /**
   * Checks whose status changed, that are new, or that are gone; in the order of the rubric, those that are gone last.
   */
  readonly changed: readonly ChangedCheck[];
  /** Whether both were judged by the same rubric; null where the earlier one did not say by which. */
  readonly sameRubric: boolean | null;
}

export interface ChangedCheck {
  readonly id: string;
  /** Null where the rubric had no such check. */
  readonly before: CheckStatus | null;
  readonly after: CheckStatus | null;
  readonly why: string;
}

/** What is different between two scorecards: the score, and every check that turned, with its reason. */
export function compareScorecards(before: JudgedScorecard, after: JudgedScorecard): ScorecardComparison {
  const earlier = new Map(before.checks.map((check) => [check.id, check]));
  const now = new Map(after.checks.map((check) => [check.id, check]));
  const ids = [...new Set([...now.keys(), ...earlier.keys()])];
  const changed = ids
    .filter((id) => earlier.get(id)?.status !== now.get(id)?.status)
    .map((id): ChangedCheck => {
      const [old, check] = [earlier.get(id), now.get(id)];
      const why =
        check === undefined
          ? "the rubric no longer asks for it"
          : old === undefined
            ? "the rubric did not ask for it before"
            : whyOf(old, check, before.evidence, after.evidence);
      return { id, before: old?.status ?? null, after: check?.status ?? null, why };
    });
  return {
    before: summary(before),
    after: summary(after),
    changed,
    sameRubric: before.rubric === undefined ? null : before.rubric.sha256 === after.rubric?.sha256,
  };
}

function whyOf(
  old: JudgedScorecard["checks"][number],
  check: JudgedScorecard["checks"][number],
  before: JudgedScorecard["evidence"],
  after: JudgedScorecard["evidence"],
): string {
  const files = [...new Set([...old.evidence, ...check.evidence])].filter((id) => before[id] !== after[id]).sort();
  const changes = files.map(
    (id) => `${id} is ${before[id] === undefined ? "new" : after[id] === undefined ? "gone" : "other than before"}`,
  );
  return [check.reason === "" ? `was ${old.reason}` : check.reason, ...changes].join("; ");
}

function summary({ low, high, cap, displayed, verdict }: ScoreSummary): ScoreSummary {
  return { low, high, cap, displayed, verdict };
}
