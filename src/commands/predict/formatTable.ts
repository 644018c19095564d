import { visibleText } from "../../core/visibleText.js";
import { droppedInWords } from "../droppedInWords.js";
import { mostLines } from "./formatPredictions.js";
import { formatRegistered } from "./keepRegistered.js";
import type { TablePredictions } from "./predictTable.js";

/** How answers of one kind are said. */
export interface TableWords<Answer> {
  /** After the number of answers. */
  readonly head: string;
  /** What rows are: "wells". */
  readonly cases: string;
  readonly lines: (answer: Answer) => readonly string[];
}

/** Answers to a table for the terminal: the first of them, and what was refused. */
export function formatTable<Answer>(
  { file, rows, refused, registered, label }: TablePredictions<Answer>,
  { head, cases, lines }: TableWords<Answer>,
): string {
  const more = rows.length - Math.min(rows.length, mostLines);
  return [
    `${file}: ${rows.length} ${head}`,
    ...rows.slice(0, mostLines).flatMap(lines),
    ...(more > 0 ? [`${more} more, which --json lists`] : []),
    ...(refused.length === 0 ? [] : [`refused: ${refused.length} of ${rows.length + refused.length} ${cases}`]),
    ...refused.slice(0, mostLines).map((note) => `  ${droppedInWords(note)}`),
    ...(refused.length > mostLines ? [`  and ${refused.length - mostLines} more, which --json lists`] : []),
    ...(registered === null ? [] : formatRegistered(registered)),
    ...(registered === null || refused.length === 0 ? [] : [`not registered: ${refused.length} refused above`]),
    label,
  ]
    .map((line) => visibleText(line))
    .join("\n");
}
