import { extname } from "node:path";
import { columnNames, orderedSchema } from "../../core/columnNames.js";
import { unitInName } from "../../core/checkColumnNames.js";
import { InputError } from "../../core/InputError.js";
import type { RowNote } from "../../core/RowNote.js";
import type { Field } from "../../core/Schema.js";
import type { Column, Table } from "../../core/Table.js";
import { categoryColumn, isCategory, makeTable } from "../../core/Table.js";
import type { CsvOptions } from "./csv/CsvOptions.js";
import { readCsv } from "./csv/readCsv.js";
import { checkReadable } from "./duckdb.js";
import { projectName } from "../projectPath.js";
import { isoDates } from "./isoDates.js";
import { readJsonTable } from "./json/readJsonTable.js";
import { readArrow } from "./readArrow.js";
import { checkNames, fieldOf, type NamesOf, ownNames, type ReadColumns } from "./ReadColumns.js";
import { schemaFor, type WantedSchema } from "./ReadColumns.js";
import { readParquet } from "./readParquet.js";
import type { TableLimits } from "./tableLimits.js";
import { readWorkbook } from "./workbook/readWorkbook.js";
import type { TableFault } from "./TableFault.js";

export interface ReadTableOptions {
  /** Held against the file; a function tells it from the names of the file and the schema that it brings. */
  readonly schema?: WantedSchema;
  /** What to do with columns the schema does not have: refuse them, or keep them behind the others. */
  readonly unknown?: "refuse" | "keep";
  /** How a table of cells is written, as far as it is not to be found out. */
  readonly csv?: CsvOptions;
  /** How much of a file but a .csv or .tsv may be read (default usualLimits). */
  readonly limits?: TableLimits;
  /** Takes what should be known of the reading: a writing that is not the plain one, numbers that were kept as text. */
  readonly onNote?: (note: string) => void;
  /** Takes what cannot be read, cells and lines, which are missing then, also infinite numbers; by default the first is
   * thrown. */
  readonly onFault?: (fault: TableFault) => void;
  /** Takes every cell in a column of numbers that was read as something else than it says: "n/a", "<5", "~5". */
  readonly onRepair?: (note: RowNote) => void;
}

/**
 * A table from a .csv, .tsv, .json, .xlsx, .parquet or .arrow file.
 *
 * With a schema the columns are held against it: kinds and names must fit, columns
 * that are not required may be absent and read as missing, columns come in schema
 * order. Without one, a Parquet or Arrow file of ours brings its own; of any other file the
 * kinds are taken from the values and the units from the names. What names things by its own name (a batch, a sample,
 * an id) and whole numbers of which one is above 2^53 are texts, and a note says so. Texts are tidied (trimmed, NFC,
 * times in one writing), so that a table is the same from all formats.
 * Encoding, separator, decimal mark and header line of a CSV are found in it, and told in a note where they are not
 * UTF-8, comma, point and 1. Ranges and levels are not checked here: that is `qualityReport`.
 *
 * @throws InputError naming file, row (data rows counted from 1), column and the mend
 */
export async function readTable(path: string, options: ReadTableOptions = {}): Promise<Table> {
  const where = projectName(path);
  const kind = readableEnding(path);
  await checkReadable(path);
  return readAs(where, options, ({ csv, limits, ...cells }) => {
    const readers: Readonly<Record<ReadableEnding, () => Promise<ReadColumns>>> = {
      ".csv": () => readCsv(path, where, csv, cells),
      ".tsv": () => readCsv(path, where, csv, cells),
      ".json": () => readJsonTable(path, where, { ...cells, limits }),
      ".xlsx": () => readWorkbook(path, where, csv, { ...cells, limits }),
      ".parquet": () => readParquet(path, where, { ...cells, limits }),
      ".arrow": () => readArrow(path, where, { ...cells, limits }),
    };
    return readers[kind]();
  });
}

/** How a table is read, whatever it stands in. */
export interface ReadHow extends Pick<ReadTableOptions, "limits" | "onFault" | "onRepair"> {
  readonly csv: CsvOptions;
  readonly namesOf: NamesOf;
  readonly onNote: (note: string) => void;
}

/** The table of what `read` finds, as readTable says. */
export async function readAs(
  where: string,
  { schema, unknown = "refuse", csv = {}, limits, onNote = () => undefined, onFault, onRepair }: ReadTableOptions,
  read: (how: ReadHow) => Promise<ReadColumns>,
): Promise<Table> {
  let order: readonly string[] = [];
  const namesOf: NamesOf = (found, stored) => {
    const names = ownNames(found, where, { stored, onNote });
    order = names;
    const known = schemaFor(schema, stored, names);
    checkNames(names, known, where, unknown);
    return { names, schema: known };
  };
  const found = await read({ csv, limits, namesOf, onNote, onFault, onRepair });
  const dated = isoDates(found, where, { order: csv.dates, onNote, onFault });
  return assemble(dated, { order, isOwn: schema === undefined });
}

/** Endings of files that tables are read from. */
const readableEndings = [".csv", ".tsv", ".json", ".xlsx", ".parquet", ".arrow"] as const;
export type ReadableEnding = (typeof readableEndings)[number];

/** @throws InputError if a file ends otherwise */
export function readableEnding(path: string): ReadableEnding {
  const ending = extname(path).toLowerCase();
  const kind = readableEndings.find((one) => one === ending);
  if (kind !== undefined) return kind;
  throw new InputError({
    where: projectName(path),
    must: `the name must end in ${readableEndings.slice(0, -1).join(", ")} or ${readableEndings.at(-1)!}`,
    got: ending === "" ? "no ending" : ending,
    mend: "convert or rename the file",
  });
}

/**
 * Columns in schema order, absent ones filled with missing values, strangers behind
 * with the field their values and name suggest.
 *
 * @param options.order  of the columns in the file
 * @param options.isOwn  whether the schema is the file's own: then its order is that of the file
 */
export function assemble(
  { columns, schema, numRows, units = {} }: ReadColumns,
  { order, isOwn }: { readonly order: readonly string[]; readonly isOwn: boolean },
): Table {
  const known = (isOwn || schema === undefined ? order : columnNames(schema)).flatMap((name): [string, Field][] => {
    const field = fieldOf(schema, name);
    return field === undefined ? [] : [[name, field]];
  });
  // A column that is missing as a whole has no kind of its own, whatever type its format gives it.
  const strangers = order
    .filter((name) => fieldOf(schema, name) === undefined)
    .map((name) => [name, columns[name]] as const)
    .map(([name, column]): [string, Column] => [
      name,
      isCategory(column) || column.some((value) => !Number.isNaN(value)) ? column : missingTexts(numRows),
    ]);
  const fields = [
    ...known,
    ...strangers.map(([name, column]): [string, Field] => [
      name,
      isCategory(column)
        ? { kind: "category", unit: "", meaning: "" }
        : { kind: "number", unit: ownUnit(units, name) ?? unitInName(name) ?? "", meaning: "" },
    ]),
  ];
  const whole = [
    ...known.map(([name, field]): [string, Column] => [
      name,
      Object.hasOwn(columns, name) ? columns[name] : missingColumn(field, numRows),
    ]),
    ...strangers,
  ];
  return makeTable(orderedSchema(fields), Object.fromEntries(whole));
}

function ownUnit(units: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(units, name) ? units[name] : undefined;
}

function missingColumn({ kind, levels }: Field, numRows: number): Column {
  return kind === "number" ? new Float64Array(numRows).fill(Number.NaN) : missingTexts(numRows, levels);
}

function missingTexts(numRows: number, levels: readonly string[] = []): Column {
  // A level that comes twice would be another one by its second code.
  return categoryColumn(new Array<string>(numRows).fill(""), levels.includes("") ? levels : [...levels, ""]);
}
