import { judgeCheck, type Exhibit } from "./judgeCheck.js";
import type { Check, CheckResult, Rubric, Scorecard } from "./Scorecard.js";
import { earnedPoints, scoreReadiness, type Standing } from "./scoreReadiness.js";
import { standingOf, withPreconditions } from "./withPreconditions.js";

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
    if (twin)
      throw new RangeError(
        `computeScorecard: ${exhibit.evidence.id} must come from one file; got ${twin.file} and ${exhibit.file}`,
      );
    byMeasure.set(exhibit.evidence.id, exhibit);
  }
  const checks = rubric.categories.flatMap((category) => category.checks);
  const alone = new Map(checks.map((check) => [check.id, judgeCheck(check, byMeasure, rubric.daysValid)]));
  const judgements = withPreconditions(checks, alone);
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
        credit: standings[check.id].credit,
        simulated: standings[check.id].simulated,
        note: noteOf(check, category.id, standings[check.id]),
        evidence: [...new Set(used.map(({ file }) => file))].sort(),
      };
    }),
  );
  return { ...scoreReadiness(rubric, standings), checks: results };
}

function noteOf({ gate, points }: Check, category: string, standing: Required<Standing>): string {
  if (standing.status !== "PASS") return "";
  const halved =
    earnedPoints(points, category, { ...standing, credit: 1 }) < points
      ? "shown on simulated labels only"
      : standing.credit < 1
        ? "recorded once, by hand"
        : null;
  return [
    ...(halved === null ? [] : [`half its points, as it is ${halved}`]),
    ...(gate === "soft" && standing.simulated ? ["the gate stays closed, as the twin's labels open no soft gate"] : []),
  ].join("; ");
}

function mendOf(check: Check, reason: string): string {
  const measures = [...new Set(check.requires.map(({ measure }) => measure))].join(", ");
  if (reason === "") return "";
  if (reason.startsWith("NO_EVIDENCE")) return `measure ${measures} so that: ${check.rule}`;
  if (reason.startsWith("STALE")) return "measure it again";
  if (reason.startsWith("HASH_MISMATCH"))
    return "run `npm run reproduce` (or `npm run assure` for the long proofs) on the current sources and inputs";
  if (reason.startsWith("UNDERPOWERED"))
    return `more independent cases, until the bound clears the threshold: ${check.rule}`;
  if (reason.startsWith("PRECONDITION")) return `make ${check.precondition} pass`;
  if (reason.startsWith("UNATTAINABLE")) return `no better model will do: measure with less noise, or more of it`;
  return `improve what is measured, then measure again: ${check.rule}`;
}
