import type { Table } from "../../core/Table.js";
import { writeTableStream } from "./writeTableStream.js";

/**
 * Writes a table as .parquet or .arrow (with its schema inside) or .csv (without): `writeTableStream` of one chunk.
 * The same table gives the same bytes; the file is replaced whole or not at all.
 *
 * @throws InputError if the ending is another, the place cannot be written, the table has no
 *   columns, or a number is infinite; an old file stands
 */
export async function writeTable(table: Table, path: string): Promise<void> {
  await writeTableStream(path, table.schema, [table]);
}
