import { readCells, type ReadCellsOptions } from "../cells/readCells.js";
import type { CsvOptions } from "../csv/CsvOptions.js";
import type { ReadColumns } from "../ReadColumns.js";
import type { TableLimits } from "../tableLimits.js";
import { openWorkbook } from "./openWorkbook.js";

/**
 * The columns of a sheet of an Excel workbook.
 *
 * @throws InputError as openWorkbook and readCells
 */
export async function readWorkbook(
  path: string,
  where: string,
  { sheet, headerLine, decimalMark }: CsvOptions,
  { limits, ...options }: Omit<ReadCellsOptions, "decimalMark"> & { readonly limits?: TableLimits },
): Promise<ReadColumns> {
  const { onNote, onFault } = options;
  const source = await openWorkbook(path, where, { sheet, headerLine, limits, onNote, onFault });
  return readCells(source, source.where, { ...options, decimalMark });
}
