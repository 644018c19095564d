import { documentSections } from "./documentSections.js";

/** A person's signature under a text. */
export interface Approval {
  readonly name: string;
  /** ISO date. */
  readonly date: string;
  /** Hash of the text that was approved: a later edit leaves the approval behind. */
  readonly sha256: string;
}

/** A document that a person must approve. */
export interface ApprovableDocument {
  /** Required sections that are missing or empty. */
  readonly missing: readonly string[];
  /** What an approval is of: everything above the heading "Approvals". */
  readonly text: string;
  readonly approvals: readonly Approval[];
}

/**
 * The parts of a document with a table of approvals at its end: `| name | date | SHA-256 |`, one row for each person.
 *
 * @param required  headings `##` that must have text
 */
export function approvalsOf(markdown: string, required: readonly string[]): ApprovableDocument {
  const sections = documentSections(markdown, { level: 2 });
  const rows = (sections.get("Approvals") ?? "").matchAll(
    /^\|\s*([^|\n]*\p{L}[^|\n]*?)\s*\|\s*(\d{4}-\d{2}-\d{2})\s*\|\s*`?([0-9a-f]{64})`?\s*\|\s*$/gmu,
  );
  return {
    missing: required.filter((heading) => (sections.get(heading) ?? "").trim() === ""),
    text: markdown.split(/^## Approvals\s*$/m)[0],
    approvals: Array.from(rows, ([, name, date, sha256]) => ({ name, date, sha256 })),
  };
}
