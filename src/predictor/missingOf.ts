import { isCategory, type Table } from "../core/Table.js";

/**
 * Columns of a recipe that hold nothing, in the order of the table. Without a polar solvent there is no name of one:
 * where its share is 0, an empty name is not missing.
 *
 * @returns by row
 */
export function missingOf(table: Table): (row: number) => readonly string[] {
  const columns = Object.entries(table.columns).map(([name, column]): readonly [string, (row: number) => boolean] => [
    name,
    isCategory(column) ? (row) => column.levels[column.codes[row]] === "" : (row) => Number.isNaN(column[row]),
  ]);
  const share = table.columns.polarSolventFraction as Table["columns"][string] | undefined;
  const isWithout = (row: number): boolean => share !== undefined && !isCategory(share) && share[row] === 0;
  return (row) =>
    columns
      .filter(([name, isMissing]) => isMissing(row) && !(name === "polarSolvent" && isWithout(row)))
      .map(([name]) => name);
}
