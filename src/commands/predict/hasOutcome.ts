import { isCategory, type Table } from "../../core/Table.js";

/** Whether a row of a table tells something in one of some columns, of which the table need not have all. */
export function hasOutcome({ columns }: Table, row: number, names: readonly string[]): boolean {
  return names.some((name) => {
    if (!Object.hasOwn(columns, name)) return false;
    const column = columns[name];
    return isCategory(column) ? (column.levels[column.codes[row]] ?? "") !== "" : !Number.isNaN(column[row]);
  });
}
