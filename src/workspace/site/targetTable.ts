import type { AnsweredFinding } from "../../scorecard/compareWithReview.js";
import { escapeHtml } from "./escapeHtml.js";
import { cellLink, evidenceAddress, evidenceLink, labelWords, type SiteEvidence } from "./SiteEvidence.js";
import { stackedTable } from "./stackedTable.js";
import { statusBadge } from "./statusBadge.js";

const caption = [
  "What the 2025 review found or asked for, and what was measured here: value, interval in brackets, number of cases.",
  "A wish is met where the whole interval keeps it,",
  "and measured otherwise where the number answers another question.",
  "The last column is the verdict of the rubric's check, whose threshold can be another than the wish.",
];

/**
 * What the review asked for beside what was measured, each number linked to its evidence and to the cell that made it.
 */
export function targetTable(findings: readonly AnsweredFinding[], evidence: ReadonlyMap<string, SiteEvidence>): string {
  const none = '<span class="none">none</span>';
  return stackedTable({
    kind: "targets",
    caption: caption.join(" "),
    columns: [
      { name: "Found or asked for" },
      { name: "Wanted" },
      { name: "Measured here" },
      { name: "Met" },
      { name: "Rests on" },
      { name: "Evidence and cell" },
      { name: "Check" },
    ],
    rows: findings.map(({ said, wanted, check, measure, ours, status, met, evidence: id }) => {
      const entry = id === null ? undefined : evidence.get(id);
      // The column beside it says whose labels they are.
      const measured = escapeHtml(ours.replace(/, on the twin's labels$/, ""));
      const maker = entry?.cell == null ? "" : `<span class="maker">${cellLink(entry.cell)}</span>`;
      return {
        cells: [
          escapeHtml(said),
          escapeHtml(wanted),
          id === null || entry === undefined ? measured : linked(id, measure, measured),
          met === "yes" || met === "no" ? `<strong>${met}</strong>` : met,
          entry === undefined ? none : labelWords[entry.file.labels],
          id === null ? none : `${evidenceLink(id, evidence)}${maker}`,
          `<a href="scorecard.html#${escapeHtml(check)}">${escapeHtml(check)}</a> ${statusBadge(status)}`,
        ],
      };
    }),
  });
}

/** A measured number that leads to its row among the evidence, and its name. */
function linked(file: string, measure: string, measuredHtml: string): string {
  const number = `<a href="${evidenceAddress(file, measure)}"><strong>${measuredHtml}</strong></a>`;
  return `${number} <span class="measure">${escapeHtml(measure)}</span>`;
}
