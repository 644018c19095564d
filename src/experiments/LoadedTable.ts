import { InputError } from "../core/InputError.js";
import type { Table } from "../core/Table.js";
import { parseNumber } from "../core/parseNumber.js";
import type { RawTable } from "../core/RawTable.js";
import type { RowNote } from "../core/RowNote.js";

/** A published table on a schema of ours. */
export interface LoadedTable {
  readonly table: Table;
  /** Rows that are not in the table. */
  readonly dropped: readonly RowNote[];
  /** Values that differ from the source; their rows are in the table. */
  readonly repaired: readonly RowNote[];
  /** What holds for the whole table and is not written in it. */
  readonly assumptions: readonly string[];
}

/**
 * Reads the cells of a raw table by row and column.
 *
 * @throws InputError if a column is absent, or `number` meets a text
 */
export function cellsOf(raw: RawTable): {
  readonly text: (row: number, column: string) => string;
  readonly number: (row: number, column: string) => number;
} {
  const text = (row: number, column: string): string => {
    if (!Object.hasOwn(raw.columns, column)) {
      throw new InputError({
        where: raw.where,
        must: `the column "${column}" must be there`,
        got: Object.keys(raw.columns).slice(0, 30).join(", "),
        mend: "import the table that the manifest names",
      });
    }
    return raw.columns[column][row] ?? "";
  };
  const number = (row: number, column: string): number => {
    const came = text(row, column);
    const value = parseNumber(came);
    if (value === undefined)
      throw new InputError({
        where: `${raw.where}, row ${row + 1}, column ${column}`,
        must: "must be a number",
        got: `"${came}"`,
        mend: "import the table that the manifest names",
      });
    return value;
  };
  return { text, number };
}
