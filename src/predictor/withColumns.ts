import { categoryColumn, type Column, makeTable, type Table } from "../core/Table.js";
import { recipeColumns } from "./recipeColumns.js";

/** The table with all of these recipe columns; those that it lacks miss in every row. */
export function withColumns(table: Table, columns: readonly string[]): Table {
  const absent = columns.filter((name) => !Object.hasOwn(table.columns, name));
  if (absent.length === 0) return table;
  const empty = absent.map((name): [string, Column] => [
    name,
    recipeColumns[name].kind === "number"
      ? new Float64Array(table.numRows).fill(NaN)
      : categoryColumn(new Array<string>(table.numRows).fill(""), [""]),
  ]);
  return makeTable(
    { ...table.schema, ...Object.fromEntries(absent.map((name) => [name, recipeColumns[name]])) },
    { ...table.columns, ...Object.fromEntries(empty) },
  );
}
