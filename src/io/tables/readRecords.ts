import type { Schema } from "../../core/Schema.js";
import type { Table } from "../../core/Table.js";
import { readJsonValue } from "./json/readJsonTable.js";
import { readAs } from "./readTable.js";
import { readWanted } from "./readTableStream.js";
import type { TableFault } from "./TableFault.js";

/**
 * The columns of a schema in records as a .json holds them, which need stand in no file: what readTableStream has of
 * such a file, in one table.
 *
 * @param where  as messages name the records
 * @param options.onFault  takes what cannot be read, which is missing then
 * @throws InputError as readTable
 */
export async function readRecords(
  records: readonly unknown[],
  where: string,
  {
    schema,
    onNote,
    onFault,
  }: {
    readonly schema: Schema;
    readonly onNote: (note: string) => void;
    readonly onFault: (fault: TableFault) => void;
  },
): Promise<Table> {
  return readWanted({ schema, onNote, onFault }, (wanted) =>
    readAs(where, wanted, ({ csv: _, ...how }) => readJsonValue(records, where, how)),
  );
}
