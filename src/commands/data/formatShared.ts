import { visibleText } from "../../core/visibleText.js";
import type { SharedTable } from "./shareTable.js";

/** A table that was written for another tool, for the terminal: its files, and what was lost on the way. */
export function formatShared(shared: SharedTable): string {
  const { table, format, out, licence, rows, columns, files, notHeld, notes } = shared;
  const size = `${rows} rows and ${columns.length} columns`;
  return [
    ...notes.map((note) => visibleText(note)),
    `written: ${visibleText(out)}, "${table}" as ${format} under ${licence}: ${size}`,
    ...files.map(({ name, bytes, sha256 }) => `  ${name}, ${bytes} bytes, SHA-256 ${sha256.slice(0, 12)}…`),
    ...(notHeld.length === 0
      ? ["nothing is lost: units, ranges and meanings of columns stand in its description"]
      : ["not held, as NOT_HELD.md says too:", ...notHeld.map((one) => `  ${one}`)]),
  ].join("\n");
}
