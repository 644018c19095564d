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
import { checkReadable, sqlName, sqlPath, sqlText, withDuckDb } from "./duckdb.js";
import { projectName } from "../projectPath.js";
import { readArrow } from "./readArrow.js";
import type { ReadColumns } from "./ReadColumns.js";
import { checkKind, checkNames, fieldOf, infiniteNumber } from "./ReadColumns.js";
import { schemaKey, storedSchema } from "./storedSchema.js";

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
 * @throws InputError naming file, row (data rows counted from 1), column and the mend
 */
export async function readTable(
  path: string,
  { schema, unknown = "refuse" }: { readonly schema?: Schema; readonly unknown?: "refuse" | "keep" } = {},
): Promise<Table> {
  const where = projectName(path);
  const kind = extname(path).toLowerCase();
  const readers = { ".csv": readCsv, ".parquet": readParquet, ".arrow": readArrow };
  if (!Object.hasOwn(readers, kind)) {
    throw new InputError({
      where,
      must: "the name must end in .csv, .parquet or .arrow",
      got: kind === "" ? "no ending" : kind,
      mend: "convert or rename the file",
    });
  }
  await checkReadable(path);
  const read = await readers[kind as keyof typeof readers](path, where, schema, unknown);
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

const numberTypes = /^(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT|U\w*INT\w*|DOUBLE|DECIMAL.*|BOOLEAN)$/;
const textTypes = /^(VARCHAR|DATE|TIME.*|UUID|ENUM.*)$/;

async function readParquet(
  path: string,
  where: string,
  wantedSchema: Schema | undefined,
  unknown: "refuse" | "keep",
): Promise<ReadColumns> {
  return withDuckDb(async (connection) => {
    try {
      const source = `read_parquet(${sqlPath(path)}, hive_partitioning = false)`;
      const stored = await connection.runAndReadAll(
        `SELECT decode(value) FROM parquet_kv_metadata(${sqlPath(path)}) WHERE decode(key) = '${schemaKey}'`,
      );
      const schema = wantedSchema ?? storedSchema(stored.getRows()[0]?.[0], where);
      const described = (await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${source}`)).getRows();
      const names = described.map(([name]) => String(name));
      checkNames(names, schema, where, unknown);
      const wanted = described.map(([, type], i): WantedColumn => {
        const target = targetType(String(type), fieldOf(schema, names[i]), `${where}, column ${names[i]}`);
        return {
          name: names[i],
          expression: `CAST(${sqlName(names[i])} AS ${target})`,
          type: target,
          levels: fieldOf(schema, names[i])?.levels,
        };
      });
      const read = await collectColumns(connection, wanted, source, (i, row, value) => {
        throw infiniteNumber(where, row, names[i], value);
      });
      return { ...read, schema };
    } catch (error) {
      if (error instanceof InputError || !(error instanceof Error)) throw error;
      throw new InputError({
        where,
        must: "must be a whole Parquet file",
        got: error.message.split("\n")[0].replaceAll(path, where),
        mend: "the file is cut short or damaged: write or download it again",
      });
    }
  });
}

/** @throws InputError if a Parquet type holds neither numbers nor texts, or not those of the field */
function targetType(type: string, field: Field | undefined, where: string): WantedColumn["type"] {
  const isNumber = type === "FLOAT" || numberTypes.test(type);
  if (!isNumber && !textTypes.test(type))
    throw new InputError({ where, must: "must hold numbers or texts", got: type, mend: "drop or flatten the column" });
  checkKind(isNumber, field, where, type);
  return isNumber ? (type === "FLOAT" ? "FLOAT" : "DOUBLE") : "VARCHAR";
}

/**
 * Columns in schema order, absent ones filled with missing values, strangers behind
 * with the field their values and name suggest.
 */
function assemble(columns: Readonly<Record<string, Column>>, schema: Schema | undefined, numRows: number): Table {
  const known = Object.entries(schema ?? {});
  const strangers = Object.entries(columns).filter(([name]) => fieldOf(schema, name) === undefined);
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

function missingColumn({ kind, levels = [] }: Field, numRows: number): Column {
  return kind === "number"
    ? new Float64Array(numRows).fill(Number.NaN)
    : categoryColumn(new Array<string>(numRows).fill(""), [...levels, ""]);
}
