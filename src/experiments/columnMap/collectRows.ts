import type { Schema } from "../../core/Schema.js";
import { type Column, categoryColumn, makeTable, type Table } from "../../core/Table.js";

/** Takes rows one by one, into columns. */
export interface RowCollector {
  /** What a row does not have is missing. */
  readonly add: (row: Readonly<Record<string, number | string>>) => void;
  readonly table: () => Table;
}

/**
 * Collects rows of a schema into a table without keeping an object for each.
 *
 * @param most  rows that there can be
 */
export function collectRows(schema: Schema, most: number): RowCollector {
  const names = Object.keys(schema);
  const numbers = new Map(
    names
      .filter((name) => schema[name].kind === "number")
      .map((name) => [name, new Float64Array(most).fill(Number.NaN)]),
  );
  const texts = new Map(names.filter((name) => !numbers.has(name)).map((name): [string, string[]] => [name, []]));
  let count = 0;
  const column = (name: string): Column => {
    const held = texts.get(name);
    if (held === undefined) return numbers.get(name)!.slice(0, count);
    const whole = Array.from({ length: count }, (_, row) => held[row] ?? "");
    return categoryColumn(whole, [...new Set([...(schema[name].levels ?? []), ...whole])]);
  };
  return {
    add(row) {
      for (const name in row) {
        const value = row[name];
        if (typeof value === "number") numbers.get(name)![count] = value;
        else texts.get(name)![count] = value;
      }
      count++;
    },
    table: () => makeTable(schema, Object.fromEntries(names.map((name) => [name, column(name)]))),
  };
}
