import type { TableStatus, TransferNote } from "../../experiments/dataStore.js";
import { wantedTables } from "../../experiments/manifest.js";

/** What is known of every real table and whether it is here, for the terminal. */
export function formatDataStatus(status: readonly TableStatus[]): string {
  const lines = status.flatMap(({ table, state, path, mend }) => [
    `${state.padEnd(9)} ${table.id.padEnd(20)} ${table.content}`,
    `${" ".repeat(30)} ${path}, ${table.bytes} bytes${table.rows > 0 ? `, ${table.rows} rows` : ""}, ` +
      `SHA-256 ${table.sha256.slice(0, 12)}…`,
    `${" ".repeat(30)} from ${table.origin}; ${table.citation}; ` +
      `licence: ${table.licence} (redistribution: ${table.redistribution})`,
    ...(mend === "" ? [] : [`${" ".repeat(30)} mend: ${mend}`]),
  ]);
  const present = status.filter(({ state }) => state === "present").length;
  return [
    ...lines,
    "",
    `${present} of ${status.length} present. Public and wanted, but no loader yet:`,
    ...wantedTables.map(({ content, where }) => `  ${content} (${where})`),
  ].join("\n");
}

/** What an import or a fetch did with each table, for the terminal. */
export function formatTransfer(notes: readonly TransferNote[]): string {
  return notes.map(({ file, did, note }) => `${did.padEnd(16)} ${file}  (${note})`).join("\n");
}
