import { InputError } from "../../../core/InputError.js";
import { readText } from "../../readText.js";
import type { Cell, CellRecord } from "../cells/CellSource.js";
import { inOnePiece } from "../cells/inOnePiece.js";
import { type TextRecord, unitRow } from "../cells/lookAtTable.js";
import { readCells, type ReadCellsOptions } from "../cells/readCells.js";
import type { ReadColumns } from "../ReadColumns.js";
import { checkLimits, type TableLimits } from "../tableLimits.js";
import { losslessJson } from "./losslessJson.js";

/**
 * The columns of a JSON file: a list of records ([{"a": 1}, ...]), one record, or an object of columns
 * ({"a": [1, ...]}, or as pandas writes it, {"a": {"0": 1, ...}}). What a record leaves out is missing, as null is.
 *
 * @throws InputError if it holds anything else (row, column and value named), and as readCells
 */
export async function readJsonTable(path: string, where: string, options: ReadJsonOptions): Promise<ReadColumns> {
  return readJsonValue(parsed(await readText(path), where), where, options);
}

export type ReadJsonOptions = Omit<ReadCellsOptions, "decimalMark"> & { readonly limits?: TableLimits };

/** The same of what such a file holds. */
export async function readJsonValue(
  value: unknown,
  where: string,
  { limits, ...options }: ReadJsonOptions,
): Promise<ReadColumns> {
  const { header, rows } = tableOf(value, where);
  if (header.length === 0)
    throw new InputError({ where, must: "must hold a table", got: "no column", mend: "write records, or columns" });
  checkLimits({ rows: rows.length, columns: header.length }, where, limits);
  const textsOf = (from: number, to: number): TextRecord[] =>
    rows.slice(from, to).map((row, i) => ({ line: from + i + 1, cells: row.map(String), isQuoted: true }));
  const units = unitRow(textsOf(0, 1)[0], () => textsOf(1, 200));
  const records = rows.map((cells, i): CellRecord => ({ line: i + 1, cells }));
  return readCells(
    {
      header,
      separator: ",",
      unusual: units === null ? [] : ["units in the first record"],
      units: units?.units ?? null,
      rows: () => inOnePiece(units === null ? records : records.slice(1)),
    },
    where,
    options,
  );
}

function parsed(text: string, where: string): unknown {
  try {
    return JSON.parse(losslessJson(text));
  } catch (error) {
    throw new InputError({
      where,
      must: "the file must hold JSON",
      got: (error as Error).message,
      mend: "restore or rewrite the file",
    });
  }
}

interface JsonTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

const shapes = 'write a list of records, [{"a": 1}, {"a": 2}], or an object of columns, {"a": [1, 2]}';

function tableOf(value: unknown, where: string): JsonTable {
  if (Array.isArray(value)) return recordsTable(value, where);
  if (!isObject(value)) throw new InputError({ where, must: "must hold a table", got: shortened(value), mend: shapes });
  const columns = Object.entries(value);
  if (columns.every(([, cells]) => Array.isArray(cells))) return columnsTable(columns as [string, unknown[]][], where);
  if (columns.every(([, cells]) => isObject(cells)))
    return labelledTable(columns as [string, Readonly<Record<string, unknown>>][], where);
  if (columns.every(([, cell]) => !Array.isArray(cell) && !isObject(cell))) return recordsTable([value], where);
  throw new InputError({
    where,
    must: "must hold records or columns",
    got: "an object of both",
    mend: `${shapes}; leave out what describes the file`,
  });
}

function recordsTable(records: readonly unknown[], where: string): JsonTable {
  const places = new Map<string, number>();
  const rows = records.map((record, row) => {
    if (!isObject(record))
      throw new InputError({
        where: `${where}, row ${row + 1}`,
        must: "must be a record, an object of columns",
        got: shortened(record),
        mend: shapes,
      });
    const cells: Cell[] = new Array<Cell>(places.size).fill("");
    for (const name of Object.keys(record)) {
      let place = places.get(name);
      if (place === undefined) places.set(name, (place = places.size));
      cells[place] = cellOf(record[name], name, row, where);
    }
    return cells;
  });
  for (const cells of rows) while (cells.length < places.size) cells.push("");
  return { header: [...places.keys()], rows };
}

function columnsTable(columns: readonly (readonly [string, readonly unknown[]])[], where: string): JsonTable {
  const numRows = columns[0]?.[1].length ?? 0;
  const other = columns.find(([, cells]) => cells.length !== numRows);
  if (other !== undefined)
    throw new InputError({
      where: `${where}, column ${other[0]}`,
      must: `must have ${numRows} rows like column ${columns[0][0]}`,
      got: String(other[1].length),
      mend: "write null where a value is missing",
    });
  const rows = Array.from({ length: numRows }, (_, row) =>
    columns.map(([name, cells]) => cellOf(cells[row], name, row, where)),
  );
  return { header: columns.map(([name]) => name), rows };
}

/** Columns of rows by their labels, as pandas writes them. */
function labelledTable(
  columns: readonly (readonly [string, Readonly<Record<string, unknown>>])[],
  where: string,
): JsonTable {
  const labels = [...new Set(columns.flatMap(([, cells]) => Object.keys(cells)))];
  return columnsTable(
    columns.map(([name, cells]) => [name, labels.map((label) => (Object.hasOwn(cells, label) ? cells[label] : null))]),
    where,
  );
}

function cellOf(value: unknown, name: string, row: number, where: string): Cell {
  if (typeof value === "string" || typeof value === "number") return value;
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return String(value);
  throw new InputError({
    where: `${where}, row ${row + 1}, column ${name}`,
    must: "must be a number, a text, true, false or null",
    got: shortened(value),
    mend: "flatten the column, or leave it out",
  });
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function shortened(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  return isObject(value) ? "an object" : JSON.stringify(value);
}
