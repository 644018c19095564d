import { open } from "node:fs/promises";
import { extname } from "node:path";
import { checkDistinct } from "../core/checkColumnNames.js";
import { InputError } from "../core/InputError.js";
import type { Table } from "../core/Table.js";
import { isCategory } from "../core/Table.js";
import { sqlName, sqlText, withDuckDb } from "./duckdb.js";
import { projectName } from "./projectPath.js";
import { schemaKey } from "./readTable.js";
import { replaceAtomic } from "./writeAtomic.js";

/** Rows that DuckDB takes at a time. */
const chunkRows = 2048;

/**
 * Writes a table as .parquet (with its schema inside) or .csv (without). Missing
 * values become NULL, in CSV an empty cell; -0 becomes 0, which Parquet's dictionaries do not tell apart.
 * The same table gives the same bytes;
 * the file is replaced whole or not at all.
 *
 * @throws RangeError if a number is infinite or the table has no columns
 * @throws InputError if the ending is another, or the place cannot be written; an old file stands
 */
export async function writeTable(table: Table, path: string): Promise<void> {
  const where = projectName(path);
  const names = Object.keys(table.columns);
  const kind = extname(path).toLowerCase();
  if (kind !== ".csv" && kind !== ".parquet") {
    throw new InputError({ where, must: "the name must end in .csv or .parquet", got: kind === "" ? "no ending" : kind, mend: "choose one of them" });
  }
  if (names.length === 0) throw new RangeError("writeTable: the table must have at least one column; got none");
  checkDistinct(names, where);
  checkFinite(table);
  // KV_METADATA goes in as JSON text: units and meanings come back with the numbers.
  const format = kind === ".csv" ? "FORMAT csv, HEADER true" : `FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880, KV_METADATA {${sqlName(schemaKey)}: ${sqlText(JSON.stringify(table.schema))}}`;
  const selected = names.map((name, i) => `c${i} AS ${sqlName(name)}`).join(", ");
  await replaceAtomic(path, async (temporary) => {
    await withDuckDb(async (connection) => {
      const { DuckDBDataChunk, DOUBLE, FLOAT, VARCHAR } = await import("@duckdb/node-api");
      const columns = Object.values(table.columns);
      const types = columns.map((column) => (isCategory(column) ? VARCHAR : column instanceof Float32Array ? FLOAT : DOUBLE));
      await connection.run(`CREATE TABLE rows (${types.map((type, i) => `c${i} ${type.toString()}`).join(", ")})`);
      const appender = await connection.createAppender("rows");
      for (let start = 0; start < table.numRows; start += chunkRows) {
        const end = Math.min(start + chunkRows, table.numRows);
        const chunk = DuckDBDataChunk.create(types, end - start);
        columns.forEach((column, i) => {
          chunk.setColumnValues(i, isCategory(column) ? Array.from(column.codes.subarray(start, end), (code) => column.levels[code] || null) : Array.from(column.subarray(start, end), (value) => (Number.isNaN(value) ? null : value + 0)));
        });
        appender.appendDataChunk(chunk);
      }
      appender.closeSync();
      try {
        await connection.run(`COPY (SELECT ${selected} FROM rows) TO ${sqlText(temporary)} (${format}, USE_TMP_FILE false)`);
      } catch (error) {
        throw withCode(error);
      }
    });
    const file = await open(temporary, "r+");
    try {
      await file.sync();
    } finally {
      await file.close();
    }
  });
}

function checkFinite(table: Table): void {
  for (const [name, column] of Object.entries(table.columns)) {
    if (isCategory(column)) continue;
    const row = column.findIndex((value) => Math.abs(value) === Infinity);
    if (row >= 0) throw new RangeError(`writeTable: row ${row + 1}, column ${name} must be finite or missing; got ${column[row]}; write NaN for a value that is not known`);
  }
}

/** DuckDB reports the system's errors as sentences; the atomic writer knows them by their codes. */
function withCode(error: unknown): unknown {
  const codes = { "No space left": "ENOSPC", "Disk quota": "EDQUOT", "Permission denied": "EACCES", "Read-only file system": "EROFS", "Is a directory": "EISDIR" };
  const code = Object.entries(codes).find(([sentence]) => error instanceof Error && error.message.includes(sentence))?.[1];
  return code === undefined ? error : Object.assign(new Error(code), { code });
}
