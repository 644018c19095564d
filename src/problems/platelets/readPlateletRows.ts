import { loadAllNanoplatelets } from "../../experiments/loadAllNanoplatelets.js";
import { readRawCsv } from "../../io/tables/readRawCsv.js";
import { type PlateletRows, plateletRows } from "./plateletRows.js";

/**
 * Reads platelet recipes, with or without their outcomes, in the columns of the published table.
 *
 * @param path  CSV file
 * @returns rows in the order of the file; one without lead is not among them
 * @throws InputError if a column is absent or a cell cannot be read
 */
export async function readPlateletRows(path: string): Promise<PlateletRows> {
  return plateletRows(loadAllNanoplatelets(await readRawCsv(path)).table);
}
