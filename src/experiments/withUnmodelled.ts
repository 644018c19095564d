import { unmodelledColumn } from "../chemistry/twinTerms.js";
import { categoryColumn, makeTable, type Table } from "../core/Table.js";

/**
 * A table of recipes that says which reagents of each bring what no column counts: a model then calls it outside.
 *
 * @param names  of such reagents, by row; where no row has any, the table stays as it is
 */
export function withUnmodelled(table: Table, names: readonly (readonly string[])[]): Table {
  if (names.every(({ length }) => length === 0)) return table;
  const meaning = "reagents that bring what no column counts, joined by +: the recipe is outside of what a model knows";
  return makeTable(
    { ...table.schema, [unmodelledColumn]: { kind: "category", unit: "", meaning } },
    { ...table.columns, [unmodelledColumn]: categoryColumn(names.map((own) => own.join("+"))) },
  );
}
