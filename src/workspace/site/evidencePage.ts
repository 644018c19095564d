import { percent } from "../../core/percent.js";
import { describeMeasurement } from "../../core/describeMeasurement.js";
import type { Measurement } from "../../core/Evidence.js";
import type { Scorecard } from "../../scorecard/Scorecard.js";
import { escapeHtml } from "./escapeHtml.js";
import { ageWords, dateWords, makerHtml } from "./evidenceTable.js";
import { labelWords, type SiteEvidence } from "./SiteEvidence.js";
import { listHtml } from "./listHtml.js";
import { paragraphHtml } from "./paragraphHtml.js";
import { sectionHtml } from "./sectionHtml.js";
import { sitePage } from "./sitePage.js";
import { stackedTable } from "./stackedTable.js";
import { statusBadge, tierBadge } from "./statusBadge.js";

/**
 * Page of an evidence file: each of its numbers in a row with an anchor, where
 * they came from, and which checks rest on them.
 */
export function evidencePage(entry: SiteEvidence, { checks }: Scorecard): string {
  const { file, tier, difference } = entry;
  const resting = checks.filter(({ evidence }) => evidence.includes(file.id));
  const address = `evidence/${file.id}.json`;
  const facts: readonly (readonly [string, string])[] = [
    ["Made in", makerHtml(entry)],
    ["Tier", `${tierBadge(tier)} by <code>npm run ${file.madeBy}</code>`],
    ["Rests on", labelWords[file.labels]],
    ["First noted", dateWords(entry)],
    ["Age", ageWords(entry)],
    [
      "Against this checkout",
      difference === ""
        ? "sources and inputs are those it was made from"
        : `<strong class="unfinished">outdated</strong>: ${escapeHtml(difference)}`,
    ],
    ["Engine", escapeHtml(file.engine)],
    ["Seed", file.seed === null ? "none" : String(file.seed)],
    ["Source", `${sourceHtml(file.source)} and all it imports, SHA-256 ${hashHtml(file.code)}`],
    [
      "Inputs",
      Object.keys(file.inputs).length === 0
        ? "none"
        : `<ul class="plain">${Object.entries(file.inputs)
            .map(([path, hash]) => `<li><code>${escapeHtml(path)}</code> ${hashHtml(hash)}</li>`)
            .join("")}</ul>`,
    ],
    [
      "The file itself",
      `<a href="${escapeHtml(address)}">${escapeHtml(address)}</a>, with the result that its figure is drawn from`,
    ],
  ];
  const factItems = facts.map(([name, html]) => `<div><dt>${name}</dt><dd>${html}</dd></div>`);
  const checkItems = resting.map(({ id, what, status }) => {
    const link = `<a href="scorecard.html#${escapeHtml(id)}">${escapeHtml(id)}</a>`;
    return `${link} ${statusBadge(status)} ${escapeHtml(what)}`;
  });
  const sections = [
    { id: "measurements", title: "Numbers", html: measurementTable(file.measurements) },
    {
      id: "origin",
      title: "Where they come from",
      html: `<dl class="facts">\n${factItems.join("\n")}\n</dl>\n`,
    },
    {
      id: "checks",
      title: "Checks that rest on it",
      html: checkItems.length === 0 ? '<p class="none">None.</p>\n' : listHtml(checkItems),
    },
  ];
  const origin = paragraphHtml(
    `Made in ${makerHtml(entry)}, on ${labelWords[file.labels]}; ${tierBadge(tier)}.`,
    '<a href="#origin">Where it comes from</a>, <a href="#checks">which checks rest on it</a>.',
  );
  return sitePage({
    title: `${file.id}: evidence · cspbbr3-twin`,
    bodyClass: "evidence-page",
    current: `evidence-${file.id}.html`,
    contentHtml: `<p class="file-name">data/evidence/${escapeHtml(file.id)}.json</p>
<h1>Evidence: ${escapeHtml(file.id)}</h1>
${origin}${sections.map(sectionHtml).join("")}`,
  });
}

/** The sources by name; what is left out of them says so. */
function sourceHtml(source: string | readonly string[]): string {
  const named = (one: string): string => `<code>${escapeHtml(one)}</code>`;
  const [taken, left] = [false, true].map((without) =>
    [source]
      .flat()
      .filter((one) => one.startsWith("!") === without)
      .map((one) => named(one.replace(/^!/, "")))
      .join(", "),
  );
  return left === "" ? taken : `${taken} without ${left},`;
}

function measurementTable(measurements: readonly Measurement[]): string {
  return stackedTable({
    kind: "measurements",
    caption: "Value, interval and number of cases of each",
    columns: [{ name: "What" }, { name: "Measured" }, { name: "Constant answer" }, { name: "Interval" }],
    rows: measurements.map((one) => ({
      id: one.id,
      cells: [
        `${escapeHtml(one.meaning)} <span class="measure">${escapeHtml(one.id)}</span>`,
        `<strong>${escapeHtml(describeMeasurement(one))}</strong>`,
        one.baseline === null
          ? '<span class="none">none</span>'
          : escapeHtml(describeMeasurement({ ...one, value: one.baseline, interval: null, n: null })),
        one.interval === null
          ? '<span class="none">none</span>'
          : escapeHtml(`${percent(one.interval.level)}, ${one.interval.method}`),
      ],
    })),
  });
}

/** Enough of a hash to compare by eye; the whole on hovering, and in the file. */
function hashHtml(hash: string): string {
  return `<code title="${escapeHtml(hash)}">${escapeHtml(hash.slice(0, 12))}</code>`;
}
