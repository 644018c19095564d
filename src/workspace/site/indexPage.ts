import type { Assessment } from "../../scorecard/assessReadiness.js";
import { describeGates } from "../../scorecard/describeGates.js";
import type { Scorecard } from "../../scorecard/Scorecard.js";
import { neededHtml } from "./assessmentHtml.js";
import { escapeHtml } from "./escapeHtml.js";
import type { SiteComparison } from "./comparisonHtml.js";
import { evidenceTable } from "./evidenceTable.js";
import { figureGallery } from "./figureGallery.js";
import { listHtml } from "./listHtml.js";
import { notebookList } from "./notebookList.js";
import { paragraphHtml } from "./paragraphHtml.js";
import { categoryTable, scoreHtml } from "./scoreHtml.js";
import type { SiteDocument } from "./SiteDocument.js";
import type { SiteEvidence } from "./SiteEvidence.js";
import type { SiteNotebook } from "./SiteNotebook.js";
import { realTargetTable } from "./realTargetTable.js";
import { jumpHtml, sectionHtml } from "./sectionHtml.js";
import { sitePage } from "./sitePage.js";
import { stackedTable } from "./stackedTable.js";
import { statusBadge } from "./statusBadge.js";
import { targetTable } from "./targetTable.js";

/** What the front page shows. */
export interface SiteContent {
  readonly notebooks: readonly SiteNotebook[];
  readonly documents: readonly SiteDocument[];
  readonly scorecard: Assessment;
  readonly evidence: ReadonlyMap<string, SiteEvidence>;
  /** Null where no earlier scorecard is known. */
  readonly compared: SiteComparison | null;
  /** ISO date at which the age of evidence is judged; null: it is not. */
  readonly asOf: string | null;
}

/**
 * The reviewer's front door: where it stands, what was asked and measured, and the way
 * to every notebook, figure, document and number.
 */
export function indexPage({ notebooks, documents, scorecard, evidence, compared, asOf }: SiteContent): string {
  const sections = [
    { id: "gates", title: "Gates", html: `${gateTable(scorecard)}${wayThroughGates(scorecard)}` },
    { id: "needed", title: "Which evidence would open them", html: neededHtml(scorecard) },
    { id: "categories", title: "Categories", html: categoryTable(scorecard) },
    { id: "targets", title: "Targets", html: targetTable(scorecard.review.findings, evidence) },
    { id: "real-targets", title: "Targets on real experiments", html: realTargetTable(evidence) },
    { id: "notebooks", title: "Notebooks", html: notebookList(notebooks) },
    { id: "figures", title: "Figures", html: figureGallery(notebooks) },
    { id: "documents", title: "Documents", html: documentList(documents) },
    {
      id: "evidence",
      title: "Evidence files",
      html: evidence.size === 0 ? "" : evidenceTable([...evidence.values()], { asOf }),
    },
  ].filter(({ html }) => html !== "");
  const standing = { id: "standing", title: "Where it stands", html: standingHtml(scorecard, compared) };
  const lead =
    '<p class="lead">A simulator of caesium lead bromide synthesis, models that learn from it, ' +
    "and what has been shown about either.</p>";
  return sitePage({
    title: "cspbbr3-twin · how far can a model of CsPbBr3 synthesis be trusted?",
    bodyClass: "index",
    current: "index.html",
    contentHtml: `<h1>How far can a model of CsPbBr<sub>3</sub> synthesis be trusted?</h1>
${lead}
${sectionHtml(standing)}${jumpHtml(sections)}${sections.map(sectionHtml).join("")}`,
  });
}

function standingHtml(scorecard: Assessment, compared: SiteComparison | null): string {
  const counts = paragraphHtml(
    checkCounts(scorecard),
    '<a href="scorecard.html">The whole scorecard</a> gives the reason of each and what would change it.',
    comparedSentence(compared),
  );
  const origin = paragraphHtml(
    "Every number here comes from an evidence file and links to it.",
    "What nobody has measured is UNKNOWN, never a pass.",
  );
  return `${scoreHtml(scorecard)}${counts}${origin}`;
}

function checkCounts({ checks }: Scorecard): string {
  const count = (status: string): number => checks.filter((check) => check.status === status).length;
  return `Of ${checks.length} checks ${count("PASS")} pass, ${count("FAIL")} fail and ${count("UNKNOWN")} are unknown.`;
}

function comparedSentence(compared: SiteComparison | null): string | null {
  if (compared === null) return null;
  const { length } = compared.comparison.changed;
  const turned = length === 0 ? "no check" : length === 1 ? "one check" : `${length} checks`;
  return `Against ${escapeHtml(compared.name)}, <a href="scorecard.html#turned">${turned} turned</a>.`;
}

function wayThroughGates({ next: { gates } }: Assessment): string {
  if (gates.length === 0) return "";
  const next = '<a href="scorecard.html#next">What to measure next</a>';
  return paragraphHtml(`${escapeHtml(describeGates(gates))}.`, next);
}

function gateTable({ checks, gatesNotPassed }: Scorecard): string {
  const gates = checks.filter(({ gate }) => gate !== null);
  const open = gates.filter(({ id }) => !gatesNotPassed.includes(id)).length;
  const caption = [
    `${open} of ${gates.length} gates are open.`,
    "A closed gate caps the score, whether its check fails or is unknown.",
    "A check that passes on the twin's labels alone opens no soft gate.",
  ];
  return stackedTable({
    kind: "gates",
    caption: caption.join(" "),
    columns: [{ name: "Check" }, { name: "What it asks" }, { name: "Kind" }, { name: "Status" }, { name: "Gate" }],
    rows: gates.map(({ id, gate, what, status }) => ({
      cells: [
        `<a href="scorecard.html#${escapeHtml(id)}">${escapeHtml(id)}</a>`,
        escapeHtml(what),
        `${gate}: caps at ${gate === "hard" ? 25 : 70}`,
        statusBadge(status),
        // A soft gate that passes on simulated labels alone stays closed: the score's list decides, not the status.
        gatesNotPassed.includes(id) ? "closed" : "open",
      ],
    })),
  });
}

function documentList(documents: readonly SiteDocument[]): string {
  if (documents.length === 0) return "";
  const items = documents.map(
    ({ page, titleHtml, path }) => `<a href="${page}">${titleHtml}</a> <span class="file-name">${path}</span>`,
  );
  return listHtml(items);
}
