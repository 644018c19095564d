import { checkDistinct } from "../../core/checkColumnNames.js";
import type { RawTable } from "../../core/RawTable.js";
import type { CsvOptions } from "./csvSource.js";
import { asCsvError, csvSource } from "./csvSource.js";
import { withDuckDb } from "./duckdb.js";
import { projectName } from "../projectPath.js";
import { sha256File } from "../sha256.js";

/**
 * A CSV file as texts, for loaders of published tables.
 *
 * @param options.unnamed  name for a header cell that is empty (an index column), instead of refusing it
 * @throws InputError with the line: broken quote, wrong number of cells, bytes that are not UTF-8
 */
export async function readRawCsv(
  path: string,
  { unnamed, ...options }: CsvOptions & { readonly unnamed?: string } = {},
): Promise<RawTable> {
  const where = projectName(path);
  const { header, sql } = await csvSource(path, options);
  const names = header.map((name) => (name === "" ? (unnamed ?? "") : name));
  checkDistinct(names, where);
  const columns = await withDuckDb(async (connection) => {
    try {
      return (await connection.runAndReadAll(`SELECT * FROM ${sql}`)).getColumns() as (string | null)[][];
    } catch (error) {
      throw asCsvError(where, error);
    }
  });
  return {
    where,
    sha256: await sha256File(path),
    numRows: columns.at(0)?.length ?? 0,
    headerLine: options.headerLine ?? 1,
    columns: Object.fromEntries(names.map((name, i) => [name, columns[i] ?? []])),
  };
}
