import type { Assessment } from "../../scorecard/assessReadiness.js";
import { describeGates } from "../../scorecard/describeGates.js";
import type { Scorecard } from "../../scorecard/Scorecard.js";
import { escapeHtml } from "../escapeHtml.js";
import { categoryTable, scoreHtml } from "./scoreHtml.js";
import { evidenceAddress, type SiteEvidence } from "./SiteEvidence.js";
import { pictureHtml, type SiteFigure } from "./SiteFigure.js";
import type { SiteNotebook } from "./SiteNotebook.js";
import { sitePage } from "./sitePage.js";
import { stackedTable } from "./stackedTable.js";
import { statusBadge, tierBadge } from "./statusBadge.js";

/** The reviewer's front door: what this is, where it stands, and the way to every notebook, figure and number. */
export function indexPage({ notebooks, scorecard, evidence }: { readonly notebooks: readonly SiteNotebook[]; readonly scorecard: Assessment; readonly evidence: ReadonlyMap<string, SiteEvidence> }): string {
  return sitePage({
    title: "cspbbr3-twin · how far can a model of CsPbBr3 synthesis be trusted?",
    bodyClass: "index",
    current: "index.html",
    contentHtml: `<h1>How far can a model of CsPbBr<sub>3</sub> synthesis be trusted?</h1>
<p class="lead">A workspace of notebooks that asks how much of a model of cesium lead bromide synthesis would survive contact with real experiments. Every number that a notebook concludes with traces to an evidence file, and a scorecard computed from that evidence alone says how ready the whole is; what has not been measured is UNKNOWN, never a pass.</p>
<section aria-labelledby="standing">
<h2 id="standing">Where it stands</h2>
${scoreHtml(scorecard)}<p><a href="scorecard.html">The whole scorecard: every check, its reason and what would change it</a></p>
</section>
<section aria-labelledby="gates">
<h2 id="gates">Gates</h2>
${gateTable(scorecard)}${scorecard.next.gates.length === 0 ? "" : `<p>${escapeHtml(describeGates(scorecard.next.gates))}. <a href="scorecard.html#next">What to measure next</a></p>\n`}</section>
<section aria-labelledby="categories">
<h2 id="categories">Categories</h2>
${categoryTable(scorecard)}</section>
<section aria-labelledby="notebooks">
<h2 id="notebooks">Notebooks</h2>
${notebookList(notebooks)}</section>
${figureGallery(notebooks)}${evidenceTable([...evidence.values()])}`,
  });
}

function gateTable({ checks, gatesNotPassed }: Scorecard): string {
  const gates = checks.filter(({ gate }) => gate !== null);
  const open = gates.filter(({ id }) => !gatesNotPassed.includes(id)).length;
  return stackedTable({
    kind: "gates",
    caption: `${open} of ${gates.length} gates are open. A closed gate caps the score, whether its check fails or is unknown.`,
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

function notebookList(notebooks: readonly SiteNotebook[]): string {
  const items = notebooks.map(({ name, titleHtml, takeawaysHtml, failed }) => {
    const note = failed ? ' <strong class="unfinished">did not finish</strong>' : "";
    const takeaways = takeawaysHtml.length === 0 ? '<p class="none">No takeaway.</p>' : takeawaysHtml.map((takeaway) => `<p>${takeaway}</p>`).join("\n");
    return `<li>\n<h3><a href="${name}.html">${titleHtml}</a>${note}</h3>\n<p class="file-name">${name}</p>\n${takeaways}\n</li>`;
  });
  return `<ol class="notebooks">\n${items.join("\n")}\n</ol>\n`;
}

function figureGallery(notebooks: readonly SiteNotebook[]): string {
  const drawn = notebooks.flatMap(({ name, figures }) => figures.filter(({ svg }) => svg !== "").map((figure) => ({ name, figure })));
  if (drawn.length === 0) return "";
  const item = ({ name, figure }: { name: string; figure: SiteFigure }): string =>
    `<li><a href="${name}.html#${figure.id}">${pictureHtml(figure)}<span>${name}, figure ${figure.number}</span></a></li>`;
  return `<section aria-labelledby="figures">
<h2 id="figures">Figures</h2>
<ul class="gallery">
${drawn.map(item).join("\n")}
</ul>
</section>
`;
}

function evidenceTable(files: readonly SiteEvidence[]): string {
  if (files.length === 0) return "";
  return `<section aria-labelledby="evidence">
<h2 id="evidence">Evidence files</h2>
<p>Recomputed: made anew from its inputs on the machine that rendered this site. Recorded: made elsewhere or earlier, from tables or long runs that this machine does not have.</p>
${stackedTable({
  kind: "evidence",
  caption: "Evidence files with the number of measurements in each and where they were made",
  captionHidden: true,
  columns: [{ name: "File" }, { name: "On this machine" }, { name: "Measurements", numeric: true }],
  rows: files.map(({ id, tier, measurements }) => ({ cells: [`<a href="${evidenceAddress(id)}">${escapeHtml(id)}</a>`, tierBadge(tier), String(measurements)] })),
})}</section>
`;
}
