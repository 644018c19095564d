import { isCategory, makeTable, type Table } from "../core/Table.js";
import { filledIn } from "../experiments/columnMap/ColumnMap.js";

/**
 * A mapped table without columns that no row has, and without those that the map filled in.
 *
 * @param first  columns that stay whatever they are, before the others
 */
export function filledColumns(
  { schema, columns }: Table,
  { first = [] }: { readonly first?: readonly string[] } = {},
): Table {
  const hasValue = (name: string): boolean => {
    const column = columns[name];
    return isCategory(column)
      ? column.codes.some((code: number) => column.levels[code] !== "")
      : column.some((value) => !Number.isNaN(value));
  };
  const told = Object.keys(schema).filter((name) => !filledIn.has(name) && hasValue(name));
  const names = [...new Set([...first, ...told])];
  const pick = <Value>(from: Readonly<Record<string, Value>>): Record<string, Value> =>
    Object.fromEntries(names.map((name) => [name, from[name]]));
  return makeTable(pick(schema), pick(columns));
}
