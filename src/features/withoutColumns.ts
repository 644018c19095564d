import { categoryColumn, type Column, isCategory, makeTable, type Table } from "../core/Table.js";

/**
 * A copy of a table in which some columns hold nothing: NaN for numbers, an empty text for categories.
 *
 * @param columns  those that the table lacks are passed over
 */
export function withoutColumns(table: Table, columns: readonly string[]): Table {
  return makeTable(
    table.schema,
    Object.fromEntries(
      Object.entries(table.columns).map(([name, column]): [string, Column] => [
        name,
        columns.includes(name) ? emptyLike(column, table.numRows) : column,
      ]),
    ),
  );
}

function emptyLike(column: Column, rows: number): Column {
  return isCategory(column)
    ? categoryColumn(new Array<string>(rows).fill(""), [...new Set([...column.levels, ""])])
    : new Float64Array(rows).fill(NaN);
}
