import { shortText } from "../../core/shortText.js";
import { shownTable } from "../../core/ShownTable.js";
import { isCategory, type Table } from "../../core/Table.js";
import { visibleText } from "../../core/visibleText.js";
import { htmlTable } from "../../workspace/cells/htmlTable.js";
import type { ExportedTable } from "./exportTable.js";

/** Rows that are shown, each as a column. */
const shown = 5;

/** Converted rows for the terminal: one line for each of our columns, the first rows beside one another. */
export function formatExport({ out, table, notes }: ExportedTable): string {
  const rows = Math.min(shown, table.numRows);
  const lines = shownTable({
    caption: `In our columns: the first ${rows} of ${table.numRows} rows, by their places in the file`,
    columns: [
      { name: "column", of: (name: string) => name },
      { name: "unit", of: (name: string) => table.schema[name].unit },
      ...Array.from({ length: rows }, (_, row) => ({
        name: String(valueAt(table, "sourceRow", row)),
        align: "right" as const,
        of: (name: string) => valueAt(table, name, row),
      })),
    ],
    rows: Object.keys(table.schema).filter((name) => name !== "sourceRow"),
  });
  return [
    ...notes.map((note) => visibleText(note)),
    htmlTable(lines).text.trimEnd(),
    "",
    out === null ? "nothing written: name a file with --out" : `written: ${visibleText(out)}, ${table.numRows} rows`,
  ].join("\n");
}

function valueAt({ columns }: Table, name: string, row: number): string | number {
  const column = columns[name];
  return isCategory(column) ? shortText(column.levels[column.codes[row]], 24) : column[row];
}
