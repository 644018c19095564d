import { isCategory, type Table } from "../../core/Table.js";
import { type CellNumber, cellNumber } from "./cellNumber.js";

/** What stands in a cell: as a text, and as a number in the unit of its column. */
export function cellAt(
  table: Table,
  row: number,
  header: string,
  unit: string,
): { readonly text: string; readonly number: CellNumber | undefined } {
  const column = table.columns[header];
  if (!isCategory(column)) {
    const value = column[row];
    return { text: Number.isNaN(value) ? "" : String(value), number: { value, why: "" } };
  }
  const text = column.levels[column.codes[row]];
  return { text, number: cellNumber(text, unit) };
}
