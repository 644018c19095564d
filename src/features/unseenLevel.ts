import { codesOf, type Table } from "../core/Table.js";
import type { Encoder } from "./Encoder.js";

/** A category that no training row had. */
export interface UnseenLevel {
  readonly row: number;
  readonly column: string;
  readonly level: string;
  /** What training rows had there, in the order of the encoder's columns. */
  readonly known: readonly string[];
}

/**
 * The first category of a table that the encoder did not see in training, column by column; null where there is none.
 *
 * @param rows  that are looked at, in this order (default all)
 */
export function unseenLevel(
  { columns }: Encoder,
  table: Table,
  rows: Uint32Array = Uint32Array.from({ length: table.numRows }, (_, row) => row),
): UnseenLevel | null {
  const knownOf = new Map<string, string[]>();
  for (const one of columns)
    if (one.kind === "category") knownOf.set(one.column, [...(knownOf.get(one.column) ?? []), one.level]);
  for (const [column, known] of knownOf) {
    const { codes, levels } = codesOf(table, column);
    const isKnown = levels.map((level) => known.includes(level));
    const row = rows.find((one) => !isKnown[codes[one]]);
    if (row !== undefined) return { row, column, level: levels[codes[row]], known };
  }
  return null;
}
