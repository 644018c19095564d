import type { ScorecardComparison, ScoreSummary } from "./compareScorecards.js";

/** The difference between two scorecards for the terminal. @param name  of the earlier one, a path or a revision */
export function formatComparison({ before, after, changed, sameRubric }: ScorecardComparison, name: string): string {
  const score = ({ displayed, low, high, verdict }: ScoreSummary): string =>
    `${displayed.toFixed(1)} of 100 (shown ${low.toFixed(1)}, ${high.toFixed(1)} possible): ${verdict}`;
  return [
    `Against ${name}`,
    `  before ${score(before)}`,
    `  now    ${score(after)}`,
    ...(sameRubric === false ? ["  The rubric has changed in between: the scores are not of one scale."] : []),
    ...(changed.length === 0
      ? ["  no check changed its status"]
      : changed.map(
          (check) => `  ${check.id.padEnd(4)} ${check.before ?? "none"} -> ${check.after ?? "none"}: ${check.why}`,
        )),
  ].join("\n");
}
