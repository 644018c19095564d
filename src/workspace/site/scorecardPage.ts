import { percent } from "../../core/percent.js";
import type { Assessment } from "../../scorecard/assessReadiness.js";
import type { CheckResult } from "../../scorecard/Scorecard.js";
import { comparisonHtml, type SiteComparison } from "./comparisonHtml.js";
import { nextHtml, reviewHtml, uncertaintyHtml } from "./assessmentHtml.js";
import { evidenceLink, type SiteEvidence } from "./SiteEvidence.js";
import { escapeHtml } from "./escapeHtml.js";
import { categoryTable, points, scoreHtml } from "./scoreHtml.js";
import { jumpHtml, sectionHtml, type Section } from "./sectionHtml.js";
import { paragraphHtml } from "./paragraphHtml.js";
import { sitePage } from "./sitePage.js";
import { stackedTable, type StackedRow } from "./stackedTable.js";
import { statusBadge } from "./statusBadge.js";

/** What stands beside the scorecard: the evidence by its id, and an earlier scorecard, null where none is known. */
export interface ScorecardContext {
  readonly evidence: ReadonlyMap<string, SiteEvidence>;
  readonly compared: SiteComparison | null;
}

/**
 * Every check of the rubric: status, reason, what would change it, and the evidence behind it; what to measure next,
 * how much is luck, what turned, and the review beside it.
 */
export function scorecardPage(scorecard: Assessment, { evidence, compared }: ScorecardContext): string {
  const categories = scorecard.categories.map(({ id, name, low, high, weight }): Section => {
    const checks = scorecard.checks.filter(({ category }) => category === id);
    const table = stackedTable({
      kind: "checks",
      caption: `Checks of ${name}`,
      captionHidden: true,
      columns: [
        { name: "Check" },
        { name: "Status" },
        { name: "Points", numeric: true },
        { name: "What would change it" },
        { name: "Evidence" },
      ],
      rows: checks.map((check) => checkRow(check, evidence)),
    });
    const score = paragraphHtml(
      `${points(low)} of 10 points earned, ${points(high)} possible; ` +
        `${percent(weight, { decimals: 2, zeros: false })} of the score.`,
    );
    return { id: `category-${id}`, title: escapeHtml(name), html: `${score}${table}` };
  });
  const sections: Section[] = [
    { id: "next", title: "What to measure next", html: nextHtml(scorecard) },
    { id: "luck", title: "How much of it is luck", html: uncertaintyHtml(scorecard) },
    ...(compared === null ? [] : [{ id: "turned", title: "What changed", html: comparisonHtml(compared) }]),
    { id: "review", title: "The 2025 review beside it", html: reviewHtml(scorecard) },
    ...categories,
  ];
  const lead = [
    "Each check is judged on committed evidence by a fixed rule.",
    "A check without evidence is UNKNOWN:",
    "it earns nothing, and a gate that is UNKNOWN stays closed like one that fails.",
  ];
  const byCategory = { id: "by-category", title: "By category", html: categoryTable(scorecard) };
  const { rubric } = scorecard;
  const version = paragraphHtml(
    `Rubric version ${escapeHtml(rubric.version)}, SHA-256 <code>${escapeHtml(rubric.sha256)}</code>.`,
  );
  return sitePage({
    title: "Readiness scorecard · cspbbr3-twin",
    bodyClass: "scorecard",
    current: "scorecard.html",
    contentHtml: `<h1>Readiness scorecard</h1>
<p class="lead">${lead.join(" ")}</p>
${scoreHtml(scorecard)}${jumpHtml(sections)}${sectionHtml(byCategory)}${sections.map(sectionHtml).join("")}${version}`,
  });
}

function checkRow(
  { id, what, rule, points: possible, gate, status, reason, note, mend, earned, evidence: files }: CheckResult,
  evidence: ReadonlyMap<string, SiteEvidence>,
): StackedRow {
  const { code, words } = reasonParts(reason);
  const gateTag = gate === null ? "" : ` <span class="gate">${gate} gate</span>`;
  const codeTag = code === "" ? "" : `<span class="reason-code">${escapeHtml(code)}</span> `;
  const question = `<span class="what">${escapeHtml(what)}</span>`;
  const ruleLine = `<span class="rule"><span class="rule-name">Rule:</span> ${escapeHtml(rule)}</span>`;
  const why = reason === "" ? "" : `<span class="reason">${codeTag}${escapeHtml(words)}</span>`;
  const remark = note === "" ? "" : `<span class="reason">${escapeHtml(note)}</span>`;
  const links = files.map((file) => `<li>${evidenceLink(file, evidence)}</li>`);
  return {
    id,
    cells: [
      `<span class="check-id">${escapeHtml(id)}</span>${gateTag}${question}${ruleLine}`,
      `${statusBadge(status)}${why}${remark}`,
      `${points(earned)} of ${points(possible)}`,
      mend === "" ? none : escapeHtml(mend),
      links.length === 0 ? none : `<ul class="plain">${links.join("")}</ul>`,
    ],
  };
}

const none = '<span class="none">none</span>';

/** "NO_EVIDENCE: words" in its two parts; a reason without a code is words alone. */
function reasonParts(reason: string): { code: string; words: string } {
  const [, code, words] = /^([A-Z_]+): ?([\s\S]*)$/.exec(reason) ?? [];
  return code === undefined ? { code: "", words: reason } : { code, words };
}
