import type { DuckDBConnection } from "@duckdb/node-api";
import { InputError } from "../../core/InputError.js";
import type { Schema } from "../../core/Schema.js";
import { isCategory } from "../../core/Table.js";
import {
  carriedAs,
  checkTimes,
  type Held,
  identifierNotes,
  inexactNote,
  mostWhole,
  notHeld,
  tooManyDigits,
} from "./carriedAs.js";
import { streamColumns, type WantedColumn } from "./streamColumns.js";
import { openDuckDb, sqlName, sqlPath, sqlText } from "./duckdb.js";
import type { NamesOf, ReadColumns } from "./ReadColumns.js";
import { fieldOf, infiniteNumber } from "./ReadColumns.js";
import { schemaKey, storedSchema } from "./storedSchema.js";
import type { TableFault } from "./TableFault.js";
import { checkLimits, type TableLimits } from "./tableLimits.js";

export interface ReadTypedOptions {
  readonly namesOf: NamesOf;
  readonly limits?: TableLimits;
  /** Takes what should be known of the reading. */
  readonly onNote: (note: string) => void;
  /** Takes infinite numbers, which are missing then; where left out, the first is thrown. */
  readonly onFault?: (fault: TableFault) => void;
}

export interface StreamTypedOptions extends ReadTypedOptions {
  /** Rows of a piece, at least, but for the last one. */
  readonly leastRows: number;
  /** Takes which share of the file was read so far. */
  readonly onShare?: (share: number) => void;
}

/**
 * The columns of a Parquet file. DuckDB decodes them; names and types are those of the file, as it renames what comes
 * twice and takes what it does not know for something else.
 *
 * @throws InputError naming file, row, column and the mend
 */
export async function readParquet(path: string, where: string, options: ReadTypedOptions): Promise<ReadColumns> {
  for await (const whole of streamParquet(path, where, options)) return whole;
  throw new RangeError("readParquet: there must be a piece");
}

/**
 * The columns of the schema in a Parquet file, piece by piece, in memory that does not grow with its rows; the others
 * are not read. Without `leastRows` all columns, in one piece.
 *
 * @throws InputError as readParquet, once it is come upon
 */
export async function* streamParquet(
  path: string,
  where: string,
  { namesOf, limits, onNote, onFault, leastRows, onShare }: ReadTypedOptions & Partial<StreamTypedOptions>,
): AsyncGenerator<ReadColumns, void, undefined> {
  const isStream = leastRows !== undefined;
  const database = await openDuckDb();
  const { connection } = database;
  try {
    const stored = await connection.runAndReadAll(
      `SELECT decode(value) FROM parquet_kv_metadata(${sqlPath(path)}) WHERE decode(key) = '${schemaKey}'`,
    );
    const found = await storedColumns(connection, path);
    const [[rows]] = (
      await connection.runAndReadAll(`SELECT num_rows FROM parquet_file_metadata(${sqlPath(path)})`)
    ).getRows();
    // A stream holds a few rows at a time, however long they are.
    checkLimits({ rows: Number(rows), columns: isStream ? 0 : found.length }, where, limits);
    const { names, schema } = namesOf(
      found.map(({ name }) => name),
      storedSchema(stored.getRows()[0]?.[0], where),
    );
    const plans = found.flatMap((column, i) =>
      isStream && fieldOf(schema, names[i]) === undefined ? [] : [planOf({ ...column, name: names[i] }, schema, where)],
    );
    const source = (options: string): string => `read_parquet(${sqlPath(path)}, hive_partitioning = false${options})`;
    const big = await firstAboveMost(connection, source(", file_row_number = true"), plans);
    const wanted = plans.map((plan, i) => {
      const above = big.get(i);
      if (above === undefined) return plan.wanted;
      onNote(inexactNote(plan.name, above.row, above.text));
      return { ...plan.wanted, type: "VARCHAR" as const, expression: plan.asText };
    });
    const columns = isStream ? await Promise.all(wanted.map((one) => asEnum(connection, one, source("")))) : wanted;
    const onInfinite = (i: number, row: number, value: number): void =>
      infiniteNumber({ row, name: plans[i].name, value }, { where, onFault });
    let done = 0;
    for await (const read of streamColumns(connection, columns, source(""), onInfinite, leastRows)) {
      for (const { name, isTime, isNamed } of plans) {
        const column = read.columns[name];
        if (!isCategory(column)) continue;
        if (isTime) checkTimes(column, where, name);
        if (isNamed) identifierNotes(column, name).forEach(onNote);
      }
      onShare?.((done += read.numRows) / Math.max(1, Number(rows)));
      yield { ...read, schema };
    }
  } catch (error) {
    if (error instanceof InputError || !(error instanceof Error)) throw error;
    throw new InputError({
      where,
      must: "must be a whole Parquet file",
      got: error.message.split("\n")[0].replaceAll(path, where),
      mend: "the file is cut short or damaged: write or download it again",
    });
  } finally {
    database.close();
  }
}

/** More texts than one byte tells apart are read as they are. */
const mostEnumTexts = 256;

/** A column of few texts as codes of them, which are read in a tenth of the time. */
async function asEnum(connection: DuckDBConnection, wanted: WantedColumn, source: string): Promise<WantedColumn> {
  const { type, expression } = wanted;
  if (type !== "VARCHAR") return wanted;
  const found = await connection.runAndReadAll(
    `SELECT DISTINCT ${expression} FROM ${source} WHERE ${expression} IS NOT NULL LIMIT ${mostEnumTexts + 1}`,
  );
  const texts = found.getRows().map(([text]) => String(text));
  // DuckDB ends a text at such a letter, and then two may be the same, which kills the process.
  if (texts.length === 0 || texts.length > mostEnumTexts || texts.some((text) => text.includes("\0"))) return wanted;
  return { ...wanted, expression: `CAST(${expression} AS ENUM (${texts.sort().map(sqlText).join(", ")}))` };
}

/** A column as the file has it. */
interface StoredColumn {
  readonly name: string;
  /** As DuckDB calls it, which differs from the name where that comes twice. */
  readonly sqlName: string;
  readonly type: string;
  readonly logicalType: string;
  readonly digits: number;
}

async function storedColumns(connection: DuckDBConnection, path: string): Promise<readonly StoredColumn[]> {
  const described = await connection.runAndReadAll(
    `DESCRIBE SELECT * FROM read_parquet(${sqlPath(path)}, hive_partitioning = false)`,
  );
  const types = described.getRows();
  const schema = await connection.runAndReadAll(
    `SELECT name, num_children, logical_type, precision, duckdb_type FROM parquet_schema(${sqlPath(path)})`,
  );
  // The first is the table; what is nested in a column follows it.
  const [, ...elements] = schema.getRows();
  const columns: StoredColumn[] = [];
  for (let at = 0; at < elements.length && columns.length < types.length; at++) {
    const [name, , logicalType, digits, duckdbType] = elements[at];
    const [sqlName, type] = types[columns.length];
    columns.push({
      name: String(name),
      sqlName: String(sqlName),
      type: duckdbType === '"NULL"' ? "NULL" : String(type),
      logicalType: String(logicalType ?? ""),
      digits: Number(digits ?? 0),
    });
    for (let nested = Number(elements[at][1] ?? 0); nested > 0; nested--) nested += Number(elements[++at][1] ?? 0);
  }
  return columns;
}

/** How a column is read. */
interface Plan {
  readonly name: string;
  readonly wanted: WantedColumn;
  /** As SQL, and its exact text. */
  readonly column: string;
  readonly asText: string;
  /** Whether it may hold whole numbers above 2^53 that would become numbers. */
  readonly mayExceed: boolean;
  readonly isTime: boolean;
  /** Whether its numbers become texts because of its name. */
  readonly isNamed: boolean;
}

const wholeTypes = /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|DECIMAL\(\d+,0\))$/;
const longTypes = /^(U?(BIG|HUGE)INT|DECIMAL\((1[6-9]|[23]\d),0\))$/;
const textTypes = /^(VARCHAR|JSON|UUID|ENUM.*)$/;
const timeTypes = /^(DATE|TIMESTAMP.*)$/;

/** @throws InputError if a column holds what no table does, or not what its field wants */
function planOf(
  { name, sqlName: called, type, logicalType, digits }: StoredColumn,
  schema: Schema | undefined,
  where: string,
): Plan {
  const field = fieldOf(schema, name);
  const column = sqlName(called);
  const isTime = timeTypes.test(type);
  if (digits > 38) throw tooManyDigits(where, name, digits);
  // DuckDB keeps nanoseconds of times without a zone alone.
  if (/NANOS=NanoSeconds/.test(logicalType) && type !== "TIMESTAMP_NS")
    throw new InputError({
      where: `${where}, column ${name}`,
      must: "must hold times of at most microseconds",
      got: "nanoseconds",
      mend: "write the column in microseconds",
    });
  const isNumber = wholeTypes.test(type) || /^(FLOAT|DOUBLE|DECIMAL.*)$/.test(type);
  const isText = textTypes.test(type) || isTime || type.startsWith("TIME");
  const held: Held = type === "NULL" ? "nothing" : isNumber ? "number" : type === "BOOLEAN" ? "boolean" : "text";
  if (held === "text" && !isText) throw notHeld(where, name, inWords(type));
  const carried = carriedAs(held, { name, field, where, type });
  const isFloat = type === "FLOAT" || type === "DOUBLE";
  const asText = type.startsWith("TIMESTAMP WITH")
    ? `CAST(${column} AT TIME ZONE 'UTC' AS VARCHAR) || 'Z'`
    : `CAST(${column} AS VARCHAR)`;
  const wanted = { name, levels: field?.levels };
  return {
    name,
    column,
    asText,
    wanted:
      carried === "text" && !isFloat
        ? { ...wanted, type: "VARCHAR", expression: asText }
        : {
            ...wanted,
            type: type === "FLOAT" ? "FLOAT" : "DOUBLE",
            // By way of its digits: a quotient of two Float64 may be another than the nearest.
            expression: type.startsWith("DECIMAL")
              ? `CAST(${asText} AS DOUBLE)`
              : `CAST(${column} AS ${isFloat ? type : "DOUBLE"})`,
            isText: carried === "text",
          },
    mayExceed: carried === "number" && field === undefined && longTypes.test(type),
    isTime,
    isNamed: carried === "text" && field === undefined && (isNumber || held === "boolean"),
  };
}

function inWords(type: string): string {
  if (/\[\d*\]$/.test(type)) return `lists (${type})`;
  return type === "BLOB" ? "bytes" : type;
}

/** Of columns that may hold whole numbers above 2^53 those that do, with the first. */
async function firstAboveMost(
  connection: DuckDBConnection,
  source: string,
  plans: readonly Plan[],
): Promise<ReadonlyMap<number, { readonly row: number; readonly text: string }>> {
  const candidates = plans.flatMap((plan, i) => (plan.mayExceed ? [i] : []));
  const found = new Map<number, { row: number; text: string }>();
  if (candidates.length === 0) return found;
  const isAbove = (i: number): string => `(${plans[i].column} > ${mostWhole} OR ${plans[i].column} < -${mostWhole})`;
  const tests = candidates.map((i) => `bool_or(${isAbove(i)})`);
  const answers = (await connection.runAndReadAll(`SELECT ${tests.join(", ")} FROM ${source}`)).getRows()[0];
  for (const [k, i] of candidates.entries()) {
    if (answers[k] !== true) continue;
    const [row] = (
      await connection.runAndReadAll(
        `SELECT file_row_number, ${plans[i].asText} FROM ${source} ` +
          `WHERE ${isAbove(i)} ORDER BY file_row_number LIMIT 1`,
      )
    ).getRows();
    found.set(i, { row: Number(row[0]), text: String(row[1]) });
  }
  return found;
}
