import { checkDistinct } from "../../core/checkColumnNames.js";
import type { RawTable } from "../../core/RawTable.js";
import { sha256File } from "../sha256.js";
import type { CsvOptions } from "./csv/CsvOptions.js";
import { openCsv } from "./csv/openCsv.js";

/**
 * A CSV file as texts, for loaders of published tables.
 *
 * @param options.unnamed  name for a header cell that is empty (an index column), instead of refusing it
 * @throws InputError with the line: broken quote, wrong number of cells, bytes that are no text
 */
export async function readRawCsv(
  path: string,
  { unnamed, ...options }: CsvOptions & { readonly unnamed?: string } = {},
): Promise<RawTable> {
  const { where, header, headerLine, rows } = await openCsv(path, options);
  const names = header.map((name) => (name === "" ? (unnamed ?? "") : name));
  checkDistinct(names, where);
  const columns = names.map((): (string | null)[] => []);
  for await (const records of rows())
    for (const { cells } of records) cells.forEach((cell, i) => columns[i].push(cell === "" ? null : cell));
  return {
    where,
    sha256: await sha256File(path),
    numRows: columns[0].length,
    headerLine,
    columns: Object.fromEntries(names.map((name, i) => [name, columns[i]])),
  };
}
