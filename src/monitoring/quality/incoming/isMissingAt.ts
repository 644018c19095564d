import { type Column, isCategory } from "../../../core/Table.js";

/** Whether a row has no value. */
export function isMissingAt(column: Column, row: number): boolean {
  return isCategory(column) ? column.levels[column.codes[row]] === "" : Number.isNaN(column[row]);
}
