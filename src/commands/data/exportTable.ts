import type { Table } from "../../core/Table.js";
import type { CsvOptions } from "../../io/tables/csv/CsvOptions.js";
import { requireTableOutput } from "../../io/tables/requireTableOutput.js";
import type { TableLimits } from "../../io/tables/tableLimits.js";
import { writeTable } from "../../io/tables/writeTable.js";
import { filledColumns } from "../filledColumns.js";
import { type MappingReport, recipeReader } from "../recipeReader.js";
import { csvOptionsOf, limitsOf } from "../tableOptions.js";
import { requireOtherFile } from "../requireOtherFile.js";

/** By which map a table is converted, and where it goes. */
export interface ExportTableOptions extends CsvOptions, TableLimits {
  readonly columns: string;
  readonly reagents?: string;
  /** File to write (default none: the rows are shown). */
  readonly out?: string;
}

/** The rows of somebody's table in our columns and units, and what became of the others. */
export interface ExportedTable {
  readonly file: string;
  /** Null where nothing was written. */
  readonly out: string | null;
  /** With `sourceRow`, the row of the file; without columns that no row has. */
  readonly table: Table;
  readonly mapping: MappingReport;
  /** How the file was read, and what to look at. */
  readonly notes: readonly string[];
}

/**
 * Converts a table by its column map, so that the conversion can be looked at, or kept as a table that needs no map.
 *
 * @throws InputError as readMappedTable, or if the output is a file that is read, or cannot be written
 */
export async function exportTable(
  file: string,
  { columns, reagents, out, ...reading }: ExportTableOptions,
): Promise<ExportedTable> {
  if (out !== undefined) {
    requireOtherFile(out, [file, columns, reagents], "must be another file than the table, its map and the reagents");
    await requireTableOutput(out);
  }
  const reader = recipeReader({ columns, reagents });
  const notes: string[] = [];
  const read = await reader.read(file, {
    csv: csvOptionsOf(reading),
    limits: limitsOf(reading),
    onNote: (note) => notes.push(note),
  });
  const table = filledColumns(read, { first: ["sourceRow"] });
  if (out !== undefined) await writeTable(table, out);
  return { file, out: out ?? null, table, mapping: reader.report()!, notes };
}
