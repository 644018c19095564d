import type { ReagentList } from "../../chemistry/reagentList.js";
import { InputError } from "../../core/InputError.js";
import type { RowNote } from "../../core/RowNote.js";
import type { Table } from "../../core/Table.js";
import type { LoadedTable } from "../LoadedTable.js";
import { withUnmodelled } from "../withUnmodelled.js";
import { checkColumnMap } from "./checkColumnMap.js";
import { collectRows } from "./collectRows.js";
import { type ColumnMap, mappedSchema } from "./ColumnMap.js";
import { mapEntries } from "./mapEntries.js";
import type { MappedFault } from "./MappedFault.js";
import { readMappedRow } from "./readMappedRow.js";
import { requireRows } from "./requireRows.js";
import { undecidedHeaders } from "./undecidedHeaders.js";

/** A table that was mapped, with what its map left open. */
export interface MappedTable extends LoadedTable {
  /** Headers that the map still calls unsure. */
  readonly unsure: readonly string[];
  /** Headers that are not read, and of which nobody has said that they need not be. */
  readonly undecided: readonly string[];
  /** Rows that cannot be true. */
  readonly refused: number;
}

/** What a table is mapped with, and how messages name it. */
export interface ApplyColumnMapOptions {
  readonly reagents: ReagentList;
  /** The table and its map as messages name them. */
  readonly where: string;
  readonly mapWhere: string;
  /** Written into every row (default ""). */
  readonly source?: string;
  readonly sourceSha256?: string;
  /** Takes rows that cannot be true, which are left out then; by default the first is thrown. */
  readonly onFault?: (fault: MappedFault) => void;
}

/**
 * A table that somebody else wrote as one of recipes, by its column map. Units are converted, amounts and volumes of
 * reagents become mol per litre of all liquid, compounds become ions. Rows that do not tell their caesium, lead and
 * bromide are left out; cells that cannot be read are missing. All of it is listed.
 *
 * @throws InputError if the map does not fit the table (a header that it has not, a unit that a column cannot have, an
 *   amount where no volume is told, no recipe at all) or leaves a column of amounts undecided, if the table has no
 *   rows, or if a row cannot be true (a negative amount, a value out of range, charges that do not balance)
 */
export function applyColumnMap(
  table: Table,
  map: ColumnMap,
  { reagents, where, mapWhere, source = "", sourceSha256 = "", onFault }: ApplyColumnMapOptions,
): MappedTable {
  const entries = mapEntries(map, reagents, mapWhere);
  requireRows(table, where);
  const undecided = undecidedHeaders(table, map, reagents);
  checkColumnMap({ table, map, entries, undecided, where, mapWhere });
  const dropped: RowNote[] = [];
  const repaired: RowNote[] = [];
  const rows = collectRows(mappedSchema, table.numRows);
  const unmodelled: (readonly string[])[] = [];
  let refused = 0;
  const refuse =
    onFault ??
    (({ row, column, ...fault }: MappedFault): never => {
      throw new InputError({ ...fault, where: `${where}, row ${row}, column ${column}` });
    });
  for (let row = 0; row < table.numRows; row++) {
    const read = readMappedRow({ table, row, repaired, entries, reagents });
    if ("why" in read) {
      dropped.push({ row: row + 1, column: read.header, came: read.value, made: "row left out", why: read.why });
      continue;
    }
    if ("must" in read) {
      refused++;
      refuse({ row: row + 1, ...read });
      continue;
    }
    unmodelled.push(read.unmodelled);
    rows.add({ ...read.values, source, sourceSha256, sourceRow: row + 1 });
  }
  if (dropped.length === table.numRows) throw nothingLeft(dropped, where, mapWhere);
  const others = new Set(unmodelled.flat());
  return {
    table: withUnmodelled(rows.table(), unmodelled),
    dropped,
    repaired,
    assumptions: [
      "Concentrations are per litre of all liquid, volumes taken as additive at 25 °C.",
      ...(others.size === 0 ? [] : [`Brings what no column counts: ${[...others].join(", ")}.`]),
    ],
    unsure: map.columns.filter((one) => "unsure" in one && one.unsure !== undefined).map(({ header }) => header),
    undecided: undecided.map(({ header }) => header),
    refused,
  };
}

function nothingLeft(dropped: readonly RowNote[], where: string, mapWhere: string): InputError {
  const [{ row, column, came, why }] = dropped;
  return new InputError({
    where: `${where}, row ${row}, column ${column}`,
    must: "at least one row must tell its caesium, lead and bromide",
    got: `${came === "" ? "nothing" : `"${came}"`} (${why}), and none of ${dropped.length} rows does`,
    mend: `mend the rows, or ${mapWhere}`,
  });
}
