import { readCells, type ReadCellsOptions } from "../cells/readCells.js";
import type { ReadColumns } from "../ReadColumns.js";
import type { CsvOptions } from "./CsvOptions.js";
import { openCsv } from "./openCsv.js";

/**
 * The columns of a CSV, whatever it is written like.
 *
 * @throws InputError as openCsv and readCells
 */
export async function readCsv(
  path: string,
  where: string,
  csv: CsvOptions,
  options: Omit<ReadCellsOptions, "decimalMark">,
): Promise<ReadColumns> {
  const source = await openCsv(path, { ...csv, findsUnits: true });
  return readCells(source, where, { ...options, decimalMark: csv.decimalMark });
}
