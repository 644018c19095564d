import type { Schema } from "./Schema.js";
import type { Column, Table } from "./Table.js";
import { categoryColumn, makeTable } from "./Table.js";

/**
 * A table from one object per row. A value that is left out is missing. Levels of a
 * category are the field's own, then others in order of appearance.
 *
 * @throws RangeError if a row has a name the schema does not know
 * @throws TypeError if a value is not of its field's kind
 */
export function tableFromRows(
  schema: Schema,
  rows: readonly Readonly<Record<string, number | string | undefined>>[],
): Table {
  rows.forEach((row, i) => {
    for (const [name, value] of Object.entries(row)) {
      if (!Object.hasOwn(schema, name))
        throw new RangeError(`tableFromRows: row ${i}: no column "${name}" in the schema`);
      if (value !== undefined && (typeof value === "number") !== (schema[name].kind === "number")) {
        throw new TypeError(
          `tableFromRows: row ${i}, column ${name} must hold a ${schema[name].kind}; got ${typeof value}`,
        );
      }
    }
  });
  const column = (name: string): Column => {
    if (schema[name].kind === "number")
      return Float64Array.from(rows, (row) => (row[name] as number | undefined) ?? Number.NaN);
    const texts = rows.map((row) => (row[name] as string | undefined) ?? "");
    return categoryColumn(texts, [...new Set([...(schema[name].levels ?? []), ...texts])]);
  };
  return makeTable(schema, Object.fromEntries(Object.keys(schema).map((name) => [name, column(name)])));
}
