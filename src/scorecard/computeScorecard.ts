import type { Evidence } from "../core/Evidence.js";
import { judgeCheck, type Exhibit, type Judgement } from "./judgeCheck.js";
import type { Check, CheckResult, Rubric, Scorecard } from "./Scorecard.js";
import { earnedPoints, scoreReadiness, type Standing } from "./scoreReadiness.js";

/**
 * Every check of the rubric judged on the evidence at hand, and the score that follows.
 *
 * @param exhibits  all measurements of all evidence files, in any order
 * @throws RangeError if two files claim the same measurement
 */
export function computeScorecard(rubric: Rubric, exhibits: readonly Exhibit[]): Scorecard {
  const byMeasure = new Map<string, Exhibit>();
  for (const exhibit of exhibits) {
    const twin = byMeasure.get(exhibit.evidence.id);
    if (twin) throw new RangeError(`computeScorecard: ${exhibit.evidence.id} must come from one file; got ${twin.file} and ${exhibit.file}`);
    byMeasure.set(exhibit.evidence.id, exhibit);
  }
  const checks = rubric.categories.flatMap((category) => category.checks);
  const alone = new Map(checks.map((check) => [check.id, judgeCheck(check, byMeasure, rubric.daysValid)]));
  const judgements = new Map(checks.map((check) => [check.id, withPrecondition(check, alone)]));
  const standings = Object.fromEntries(checks.map(({ id }) => [id, standingOf(judgements.get(id)!)]));
  const results = rubric.categories.flatMap((category) =>
    category.checks.map((check): CheckResult => {
      const { status, reason, exhibits: used } = judgements.get(check.id)!;
      return {
        id: check.id,
        category: category.id,
        what: check.what,
        rule: check.rule,
        points: check.points,
        gate: check.gate ?? null,
        status,
        reason,
        mend: mendOf(check, reason),
        earned: earnedPoints(check.points, category.id, standings[check.id]),
        evidence: [...new Set(used.map(({ file }) => file))].sort(),
      };
    }),
  );
  return { ...scoreReadiness(rubric, standings), checks: results };
}

function withPrecondition(check: Check, alone: ReadonlyMap<string, Judgement>): Judgement {
  const own = alone.get(check.id)!;
  const first = check.precondition;
  if (first === undefined || own.status !== "PASS" || alone.get(first)?.status === "PASS") return own;
  return { ...own, status: "UNKNOWN", reason: `PRECONDITION: ${first} must pass first` };
}

/** A check is worth what its weakest piece of evidence is worth. */
function standingOf({ status, exhibits }: Judgement): Standing {
  const evidence: readonly Evidence[] = exhibits.map((exhibit) => exhibit.evidence);
  return { status, credit: evidence.some(({ madeBy }) => madeBy === "assure") ? 0.5 : 1, simulated: evidence.some(({ labels }) => labels === "simulated") };
}

function mendOf(check: Check, reason: string): string {
  const measures = check.requires.map(({ measure }) => measure).join(", ");
  if (reason === "") return "";
  if (reason.startsWith("NO_EVIDENCE")) return `measure ${measures} so that: ${check.rule}`;
  if (reason.startsWith("STALE")) return "measure it again";
  if (reason.startsWith("HASH_MISMATCH")) return "run `npm run reproduce` (or `npm run assure` for the long proofs) on the current sources and inputs";
  if (reason.startsWith("UNDERPOWERED")) return `more independent cases, until the bound clears the threshold: ${check.rule}`;
  if (reason.startsWith("PRECONDITION")) return `make ${check.precondition} pass`;
  return `improve what is measured, then measure again: ${check.rule}`;
}
