import type { RowNote } from "../core/RowNote.js";
import { shortText } from "../core/shortText.js";

/** A row that was left out, and why. */
export function droppedInWords({ row, column, came, why }: RowNote): string {
  return `row ${row}, column ${column}: ${why}; got ${came === "" ? "nothing" : `"${shortText(came)}"`}`;
}
