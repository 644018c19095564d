import type { CellValue, ShownTable } from "../../core/ShownTable.js";
import { escapeHtml } from "./escapeHtml.js";
import { evidenceLink, type SiteEvidence } from "./SiteEvidence.js";
import { paragraphHtml } from "./paragraphHtml.js";
import { stackedTable } from "./stackedTable.js";

/** The file of notebook 07 that holds the targets and what became of them. */
const targetsFile = "07-validation-targets";

/** What became of the review's targets on real experiments, as notebook 07 shows it; empty where it did not run. */
export function realTargetTable(evidence: ReadonlyMap<string, SiteEvidence>): string {
  const entry = evidence.get(targetsFile);
  if (entry === undefined) return "";
  const { table } = entry.file.result as { readonly table: ShownTable };
  const shown = (value: CellValue): string =>
    value === null || (typeof value === "number" && Number.isNaN(value)) ? "–" : escapeHtml(String(value));
  const meaning = paragraphHtml(
    "Real experiments alone. A bound decides, not the point: UNKNOWN where the interval holds the threshold or nothing",
    "can be measured, UNATTAINABLE where outcomes of equal recipes differ by more than the target allows.",
    evidenceLink(targetsFile, evidence),
  );
  return `${meaning}${stackedTable({
    kind: "real-targets",
    caption: table.caption,
    captionHidden: true,
    columns: table.columns.map(({ name }, i) => ({
      name,
      numeric: table.rows.some((row) => typeof row[i] === "number"),
    })),
    rows: table.rows.map((row) => ({ cells: row.map(shown) })),
  })}`;
}
