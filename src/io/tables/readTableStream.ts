import { stat } from "node:fs/promises";
import { columnNames } from "../../core/columnNames.js";
import type { Schema } from "../../core/Schema.js";
import { isCategory, makeTable, selectColumns, type Table } from "../../core/Table.js";
import { tidyText } from "../../core/tidyText.js";
import { projectName } from "../projectPath.js";
import { streamCells } from "./cells/streamCells.js";
import { openCsv } from "./csv/openCsv.js";
import { checkReadable } from "./duckdb.js";
import { streamArrow } from "./readArrow.js";
import { checkNames, type NamesOf, ownNames, type ReadColumns } from "./ReadColumns.js";
import { streamParquet } from "./readParquet.js";
import { assemble, readableEnding, readTable, type ReadTableOptions } from "./readTable.js";
import { faultError, type TableFault } from "./TableFault.js";

/** Which columns are read, in pieces of which size. */
export interface ReadTableStreamOptions extends Omit<ReadTableOptions, "schema" | "unknown"> {
  /** Columns that are read; the others of the file are not. */
  readonly schema: Schema;
  /** Rows of a table, at least, but for the last one (default 4096). */
  readonly leastRows?: number;
  /** Takes which share of a .csv, .tsv or .parquet was read so far. */
  readonly onShare?: (share: number) => void;
}

/** Few enough that the pieces on their way stay small, enough that what is done once per piece does not show. */
const usualPieceRows = 4096;

/**
 * The columns of a schema in a table of any size, as tables one behind the other. They hold what `readTable` has of
 * them, in memory that does not grow with the rows of a .csv, .tsv, .parquet or .arrow. A .json or .xlsx is read
 * whole. There is at least one table. Dates stay as they are written, as what they are is decided for a whole column.
 * What is wrong in a column that is not read is neither told nor thrown.
 *
 * @throws InputError as readTable; what is wrong far down in a file when it is come upon, after the tables before it
 */
export async function* readTableStream(
  path: string,
  {
    schema,
    csv = {},
    limits,
    onNote = () => undefined,
    onFault,
    onRepair,
    onShare,
    leastRows = usualPieceRows,
  }: ReadTableStreamOptions,
): AsyncGenerator<Table, void, undefined> {
  const where = projectName(path);
  const kind = readableEnding(path);
  const refuse =
    onFault ??
    ((fault: TableFault): never => {
      throw faultError(where, fault);
    });
  const namesOf: NamesOf = (found, stored) => {
    const names = ownNames(found, where, { stored, onNote });
    checkNames(names, schema, where, "keep");
    return { names, schema };
  };
  const typed = { namesOf, limits, onNote, onFault, onShare, leastRows };
  const pieces = async (): Promise<AsyncIterable<ReadColumns> | undefined> => {
    if (kind === ".parquet") return streamParquet(path, where, typed);
    if (kind === ".arrow") return streamArrow(path, where, typed);
    if (kind !== ".csv" && kind !== ".tsv") return undefined;
    const { size } = await stat(path);
    const source = await openCsv(path, { ...csv, findsUnits: true, onBytes: (bytes) => onShare?.(bytes / size) });
    return streamCells(source, where, { ...typed, decimalMark: csv.decimalMark, onRepair });
  };
  await checkReadable(path);
  const read = await pieces();
  if (read === undefined) {
    const options = { schema, csv, limits, onNote, onFault: refuse, onRepair };
    yield* cutTable(await readWanted(options, (wanted) => readTable(path, wanted)), leastRows);
    return;
  }
  for await (const piece of read) yield* cutTable(assemble(piece, { order: [], isOwn: false }), leastRows);
}

/**
 * The columns of a schema in a table that is read in one piece; what is wrong in others is neither told nor thrown.
 *
 * @param read  as readTable does
 */
export async function readWanted(
  {
    schema,
    csv,
    onFault,
    onRepair,
    ...others
  }: Omit<ReadTableOptions, "schema" | "unknown"> & { readonly schema: Schema; onFault: (fault: TableFault) => void },
  read: (options: ReadTableOptions) => Promise<Table>,
): Promise<Table> {
  const whole = await read({
    ...others,
    schema,
    unknown: "keep",
    csv: { ...csv, dates: "iso" },
    onFault: (fault) => isRead(fault.column, schema) && onFault(fault),
    onRepair: onRepair && ((note) => isRead(note.column, schema) && onRepair(note)),
  });
  return selectColumns(whole, columnNames(schema));
}

/** Whether what is told of a column, by its name in the file or its own, concerns one of the schema. */
function isRead(column: string | null, schema: Schema): boolean {
  const name = tidyText(column ?? "");
  // What concerns a row, or a column without a name, is no other's.
  return name === "" || columnNames(schema).some((own) => own === name || own.startsWith(`${name}#`));
}

/** A table as tables of at least so many rows and less than twice as many, which share its memory. */
export function* cutTable(table: Table, leastRows: number = usualPieceRows): Generator<Table, void, undefined> {
  const pieces = Math.max(1, Math.floor(table.numRows / leastRows));
  for (let i = 0; i < pieces; i++) {
    const [from, to] = [i, i + 1].map((one) => Math.floor((one * table.numRows) / pieces));
    const columns = columnNames(table.schema).map((name) => {
      const column = table.columns[name];
      const part = isCategory(column)
        ? { codes: column.codes.subarray(from, to), levels: column.levels }
        : column.subarray(from, to);
      return [name, part] as const;
    });
    yield makeTable(table.schema, Object.fromEntries(columns));
  }
}
