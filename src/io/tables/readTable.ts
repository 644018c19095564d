import { extname } from "node:path";
import { unitInName } from "../../core/checkColumnNames.js";
import { InputError } from "../../core/InputError.js";
import { missingWords, numberPattern } from "../../core/parseNumber.js";
import type { Field, Schema } from "../../core/Schema.js";
import type { Column, Table } from "../../core/Table.js";
import { categoryColumn, isCategory, makeTable } from "../../core/Table.js";
import type { WantedColumn } from "./collectColumns.js";
import { collectColumns } from "./collectColumns.js";
import { asCsvError, csvSource } from "./csvSource.js";
import { checkReadable, sqlText, withDuckDb } from "./duckdb.js";
import { projectName } from "../projectPath.js";
import { readArrow } from "./readArrow.js";
import type { ReadColumns } from "./ReadColumns.js";
import { checkNames, fieldOf } from "./ReadColumns.js";
import { readParquet } from "./readParquet.js";

/**
 * A table from a .csv, .parquet or .arrow file.
 *
 * With a schema the columns are held against it: kinds and names must fit, columns
 * that are not required may be absent and read as missing, columns come in schema
 * order. Without one, a Parquet or Arrow file of ours brings its own; of any other file the
 * kinds are taken from the values and the units from the names.
 * Ranges and levels are not checked here: that is `qualityReport`.
 *
 * @param options.unknown  what to do with columns the schema does not have: refuse them, or keep them behind the others
 * @param options.onNote   takes what should be known of the reading, such as numbers that were kept as text
 * @throws InputError naming file, row (data rows counted from 1), column and the mend
 */
export async function readTable(
  path: string,
  {
    schema,
    unknown = "refuse",
    onNote = () => undefined,
  }: {
    readonly schema?: Schema;
    readonly unknown?: "refuse" | "keep";
    readonly onNote?: (note: string) => void;
  } = {},
): Promise<Table> {
  const where = projectName(path);
  const kind = extname(path).toLowerCase();
  const schemaOf = (names: readonly string[], stored: Schema | undefined): Schema | undefined => {
    const known = schema ?? stored;
    checkNames(names, known, where, unknown);
    return known;
  };
  const readers: Readonly<Record<string, () => Promise<ReadColumns>>> = {
    ".csv": () => readCsv(path, where, schema, unknown),
    ".parquet": () => readParquet(path, where, { schemaOf, onNote }),
    ".arrow": () => readArrow(path, where, { schemaOf, onNote }),
  };
  if (!Object.hasOwn(readers, kind)) {
    throw new InputError({
      where,
      must: "the name must end in .csv, .parquet or .arrow",
      got: kind === "" ? "no ending" : kind,
      mend: "convert or rename the file",
    });
  }
  await checkReadable(path);
  const read = await readers[kind]();
  return assemble(read.columns, read.schema, read.numRows);
}

async function readCsv(
  path: string,
  where: string,
  schema: Schema | undefined,
  unknown: "refuse" | "keep",
): Promise<ReadColumns> {
  const { header, sql } = await csvSource(path);
  checkNames(header, schema, where, unknown);
  return withDuckDb(async (connection) => {
    try {
      const strangers = header.flatMap((name, i) => (fieldOf(schema, name) === undefined ? [i] : []));
      const areNumbers = new Map(strangers.map((i) => [i, false]));
      if (strangers.length > 0) {
        // A column whose texts are all numbers or missing is one of numbers, unless all are missing.
        const tests = strangers.map(
          (i) => `count(${numberIn(`c${i}`)}) > 0 AND coalesce(bool_and(${numberIn(`c${i}`)} < 'inf'::DOUBLE), false)`,
        );
        const answers = (await connection.runAndReadAll(`SELECT ${tests.join(", ")} FROM ${sql}`)).getRows()[0];
        strangers.forEach((i, k) => areNumbers.set(i, answers[k] === true));
      }
      const wanted = header.map((name, i): WantedColumn => {
        const isNumber = areNumbers.get(i) ?? fieldOf(schema, name)?.kind === "number";
        return isNumber
          ? { name, expression: numberIn(`c${i}`), type: "DOUBLE" }
          : { name, expression: `c${i}`, type: "VARCHAR", levels: fieldOf(schema, name)?.levels };
      });
      const read = await collectColumns(connection, wanted, sql, async (i, row) => {
        const text = String(
          (await connection.runAndReadAll(`SELECT c${i} FROM ${sql} LIMIT 1 OFFSET ${row}`)).getRows()[0][0],
        );
        throw notANumber(`${where}, row ${row + 1}, column ${header[i]}`, text, fieldOf(schema, header[i])?.unit ?? "");
      });
      return { ...read, schema };
    } catch (error) {
      throw asCsvError(where, error);
    }
  });
}

/** SQL for the number in a text: NULL for a missing one, infinity for what is not a finite number. */
function numberIn(column: string): string {
  const missing = missingWords.map(sqlText).join(", ");
  const cast = `TRY_CAST(${column} AS DOUBLE)`;
  // The commonest case first, without the slow pattern: a cast that
  // succeeds is a number of ours, but for 1_000 and +-1.
  return [
    `CASE WHEN isfinite(${cast}) AND NOT contains(${column}, '_') AND NOT contains(${column}, '+-') THEN ${cast}`,
    `WHEN regexp_full_match(trim(${column}), ${sqlText(numberPattern)})`,
    `THEN coalesce(TRY_CAST(trim(${column}) AS DOUBLE), 'inf'::DOUBLE)`,
    `WHEN ${column} IS NULL OR lower(trim(${column})) IN (${missing}) THEN NULL`,
    "ELSE 'inf'::DOUBLE END",
  ].join(" ");
}

function notANumber(where: string, text: string, unit: string): InputError {
  const comma = /^[+-]?\d+,\d+$/.test(text.trim());
  const mend = comma
    ? "write a decimal point"
    : `write the value${unit === "" || unit === "1" ? "" : ` in ${unit}, without the unit`}, or leave the cell empty`;
  return new InputError({
    where,
    must: "must be a finite number",
    got: `"${text.length > 40 ? `${text.slice(0, 40)}…` : text}"`,
    mend,
  });
}

/**
 * Columns in schema order, absent ones filled with missing values, strangers behind
 * with the field their values and name suggest.
 */
function assemble(columns: Readonly<Record<string, Column>>, schema: Schema | undefined, numRows: number): Table {
  const known = Object.entries(schema ?? {});
  // A column that is missing as a whole has no kind of its own, whatever type its format gives it.
  const strangers = Object.entries(columns)
    .filter(([name]) => fieldOf(schema, name) === undefined)
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
        : { kind: "number", unit: unitInName(name) ?? "", meaning: "" },
    ]),
  ];
  const whole = [
    ...known.map(([name, field]): [string, Column] => [
      name,
      Object.hasOwn(columns, name) ? columns[name] : missingColumn(field, numRows),
    ]),
    ...strangers,
  ];
  return makeTable(Object.fromEntries(fields), Object.fromEntries(whole));
}

function missingColumn({ kind, levels }: Field, numRows: number): Column {
  return kind === "number" ? new Float64Array(numRows).fill(Number.NaN) : missingTexts(numRows, levels);
}

function missingTexts(numRows: number, levels: readonly string[] = []): Column {
  return categoryColumn(new Array<string>(numRows).fill(""), [...levels, ""]);
}
