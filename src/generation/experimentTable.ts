import { type Column, selectRows, type Table } from "../core/Table.js";
import type { ColumnMemory } from "./columnMemory.js";
import { experimentSchema } from "./experimentSchema.js";
import { CodeSlot, NumberSlot } from "./layout.js";

/**
 * The first rows of a memory as a table, not a copy, less those that cannot be
 * carried out (only designs that fill space have any).
 *
 * @param options.first   number of the first row, from 0
 * @param options.levels  texts behind codes, in the order of CodeSlot
 */
export function experimentTable(
  { numbers, codes, faults }: ColumnMemory,
  {
    first,
    rows,
    levels,
  }: { readonly first: number; readonly rows: number; readonly levels: readonly (readonly string[])[] },
): Table {
  const columns: Record<string, Column> = { sourceRow: Float64Array.from({ length: rows }, (_, i) => first + i + 1) };
  numbers.forEach((column, slot) => (columns[NumberSlot[slot]] = column.subarray(0, rows)));
  codes.forEach(
    (column, slot) => (columns[CodeSlot[slot]] = { codes: column.subarray(0, rows), levels: levels[slot] }),
  );
  // Not makeTable: looking at every code again would take a fifth of the time that computing it took.
  const table: Table = Object.freeze({ numRows: rows, columns: Object.freeze(columns), schema: experimentSchema });
  if (faults.subarray(0, rows).every((fault) => fault === 0)) return table;
  return selectRows(
    table,
    Uint32Array.from({ length: rows }, (_, i) => i).filter((i) => faults[i] === 0),
  );
}
