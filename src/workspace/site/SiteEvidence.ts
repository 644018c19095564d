import type { EvidenceFile } from "../../core/Evidence.js";
import { escapeHtml } from "./escapeHtml.js";
import type { Tier } from "./evidenceTiers.js";
import type { CellPlace } from "./evidenceCells.js";
import { tierBadge } from "./statusBadge.js";

/** An evidence file as the site shows it. */
export interface SiteEvidence {
  readonly file: EvidenceFile;
  readonly tier: Tier;
  /** Day on which the ledger first noted these very bytes; null where it has not. */
  readonly date: string | null;
  /** Days before the as-of date, infinite where the ledger does not tell; null where age is not judged. */
  readonly age: number | null;
  /** What changed since it was made; "" where nothing did. */
  readonly difference: string;
  /** The notebook cell that made it; null where none did. */
  readonly cell: CellPlace | null;
}

/** Link to the page of an evidence file with its tier; an id without a file is named as such. */
export function evidenceLink(id: string, evidence: ReadonlyMap<string, SiteEvidence>): string {
  const entry = evidence.get(id);
  if (entry === undefined) return `${escapeHtml(id)} <span class="none">(no such file)</span>`;
  return `<a href="${evidenceAddress(id)}">${escapeHtml(id)}</a> ${tierBadge(entry.tier)}`;
}

/** Its page. @param measurement  id of the one whose row is meant */
export function evidenceAddress(id: string, measurement?: string): string {
  return `evidence-${escapeHtml(id)}.html${measurement === undefined ? "" : `#${escapeHtml(measurement)}`}`;
}

/** Link to the cell that made it, in the words of the notebook's page. */
export function cellLink({ page, cell, number }: CellPlace): string {
  return `<a href="${page}.html#cell-${escapeHtml(cell)}">${page}, cell ${number}</a>`;
}

/** Whose labels the numbers rest on. */
export const labelWords: Readonly<Record<EvidenceFile["labels"], string>> = {
  real: "real experiments",
  simulated: "the twin's labels",
  none: "no labels",
};
