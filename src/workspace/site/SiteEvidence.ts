import type { Tier } from "../evidenceTiers.js";
import { escapeHtml } from "../escapeHtml.js";
import { tierBadge } from "./statusBadge.js";

/** An evidence file as the site lists it. */
export interface SiteEvidence {
  readonly id: string;
  readonly measurements: number;
  readonly tier: Tier;
}

/** Link to the site's copy of an evidence file with its tier; an id without a file is named as such. */
export function evidenceLink(id: string, evidence: ReadonlyMap<string, SiteEvidence>): string {
  const file = evidence.get(id);
  if (file === undefined) return `${escapeHtml(id)} <span class="none">(no such file)</span>`;
  return `<a href="${evidenceAddress(id)}">${escapeHtml(id)}</a> ${tierBadge(file.tier)}`;
}

/** Where the site keeps its copy. */
export function evidenceAddress(id: string): string {
  return `evidence/${escapeHtml(id)}.json`;
}
