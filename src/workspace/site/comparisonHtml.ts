import type { CheckStatus } from "../../scorecard/Scorecard.js";
import type { ScorecardComparison, ScoreSummary } from "../../scorecard/compareScorecards.js";
import { escapeHtml } from "./escapeHtml.js";
import { paragraphHtml } from "./paragraphHtml.js";
import { points } from "./scoreHtml.js";
import { stackedTable } from "./stackedTable.js";
import { statusBadge } from "./statusBadge.js";

/** An earlier scorecard beside the present one. */
export interface SiteComparison {
  /** The earlier one, as a reader would name it. */
  readonly name: string;
  readonly comparison: ScorecardComparison;
}

/** Which checks turned since an earlier scorecard, and why. */
export function comparisonHtml({ name, comparison: { before, after, changed, sameRubric } }: SiteComparison): string {
  const score = ({ displayed, low, high, verdict }: ScoreSummary): string =>
    `${points(displayed)} of 100 (${points(low)} earned, ${points(high)} possible), ${verdict.replace("_", " ")}`;
  const status = (one: CheckStatus | null): string =>
    one === null ? '<span class="none">not asked</span>' : statusBadge(one);
  const turned = paragraphHtml(
    `Against ${escapeHtml(name)}.`,
    `Before: ${score(before)}.`,
    `Now: ${score(after)}.`,
    sameRubric === false ? "The rubric has changed in between: the scores are not of one scale." : null,
    changed.length === 0 ? "No check changed its status." : null,
  );
  if (changed.length === 0) return turned;
  const table = stackedTable({
    kind: "turned",
    caption: "Checks that changed their status",
    columns: [{ name: "Check" }, { name: "Before" }, { name: "Now" }, { name: "Why" }],
    rows: changed.map((check) => ({
      cells: [
        check.after === null ? escapeHtml(check.id) : `<a href="#${escapeHtml(check.id)}">${escapeHtml(check.id)}</a>`,
        status(check.before),
        status(check.after),
        escapeHtml(check.why),
      ],
    })),
  });
  return `${turned}${table}`;
}
