import { escapeHtml } from "./escapeHtml.js";
import { cellLink, evidenceAddress, labelWords, type SiteEvidence } from "./SiteEvidence.js";
import { paragraphHtml } from "./paragraphHtml.js";
import { stackedTable } from "./stackedTable.js";
import { tierBadge } from "./statusBadge.js";

/** Every evidence file: whether it was recomputed here, what it rests on, how old it is and which cell made it. */
export function evidenceTable(evidence: readonly SiteEvidence[], { asOf }: { readonly asOf: string | null }): string {
  const meaning = paragraphHtml(
    "<strong>Recomputed</strong>: made anew from its inputs on the machine that rendered this site.",
    "<strong>Recorded</strong>: made elsewhere or earlier, from tables or long runs that this machine does not have.",
    asOf === null
      ? "The day is the one on which the ledger first noted the file; its age is not judged here " +
          "(<code>twin notebooks render --as-of</code> does)."
      : `Age in days at ${escapeHtml(asOf)}, from the day on which the ledger first noted the file.`,
  );
  const table = stackedTable({
    kind: "evidence",
    caption: "Evidence files: where they were made, what they rest on, and since when they stand",
    captionHidden: true,
    columns: [
      { name: "File" },
      { name: "Tier" },
      { name: "Rests on" },
      { name: "First noted" },
      ...(asOf === null ? [] : [{ name: "Age", numeric: true }]),
      { name: "Numbers", numeric: true },
      { name: "Made in" },
    ],
    rows: evidence.map((entry) => ({
      cells: [
        `<a href="${evidenceAddress(entry.file.id)}">${escapeHtml(entry.file.id)}</a>`,
        `${tierBadge(entry.tier)}${entry.difference === "" ? "" : ' <strong class="unfinished">outdated</strong>'}`,
        labelWords[entry.file.labels],
        dateWords(entry),
        ...(asOf === null ? [] : [ageWords(entry)]),
        String(entry.file.measurements.length),
        makerHtml(entry),
      ],
    })),
  });
  return `${meaning}${table}`;
}

export function dateWords({ date }: SiteEvidence): string {
  return date ?? "not in the ledger";
}

export function ageWords({ age }: SiteEvidence): string {
  return age === null ? "not judged" : age === Infinity ? "unknown" : `${age} d`;
}

/** The cell that made it, or the command. */
export function makerHtml({ cell, file: { madeBy } }: SiteEvidence): string {
  return cell !== null ? cellLink(cell) : `<code>npm run ${madeBy}</code>`;
}
