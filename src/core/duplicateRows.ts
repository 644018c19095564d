import type { Column, Table } from "./Table.js";
import { rowHashes } from "./rowHashes.js";
import { isCategory } from "./Table.js";

/**
 * Groups of rows that are equal in every column asked for; a missing value equals a
 * missing value. Rows are found by a hash of their bits and then compared one by one,
 * so a million rows take seconds and no group is wrong.
 *
 * @param names  columns to compare; all by default
 * @returns groups of two or more row indices, ascending, in order of their first row
 */
export function duplicateRows(
  table: Table,
  { names = Object.keys(table.columns) }: { readonly names?: readonly string[] } = {},
): readonly (readonly number[])[] {
  const columns = names.map((name) => comparable(table.columns[name]));
  const hashes = rowHashes(table, { names });
  const rowsOf = new Map<number, number[]>();
  hashes.forEach((hash, row) => {
    const rows = rowsOf.get(hash);
    if (rows === undefined) rowsOf.set(hash, [row]);
    else rows.push(row);
  });
  const groups = [...rowsOf.values()].filter((rows) => rows.length > 1).flatMap((rows) => equalAmong(rows, columns));
  return groups.sort((a, b) => a[0] - b[0]);
}

type Values = Float64Array | Uint32Array;

/** Numbers with one NaN and one zero; categories as codes, so that a level listed twice counts as one. */
function comparable(column: Column): Values {
  if (!isCategory(column)) {
    const values = new Float64Array(column.length);
    for (let row = 0; row < values.length; row++)
      values[row] = Number.isNaN(column[row]) ? Number.NaN : column[row] + 0;
    return values;
  }
  const firstCode = new Map<string, number>();
  const codeOf = column.levels.map((level, code) => {
    if (!firstCode.has(level)) firstCode.set(level, code);
    return firstCode.get(level)!;
  });
  return Uint32Array.from(column.codes, (code) => codeOf[code]);
}

/** Splits rows of one hash into groups that really are equal. */
function equalAmong(rows: readonly number[], columns: readonly Values[]): number[][] {
  const groups: number[][] = [];
  for (const row of rows) {
    const group = groups.find(([first]) => columns.every((values) => Object.is(values[first], values[row])));
    if (group === undefined) groups.push([row]);
    else group.push(row);
  }
  return groups.filter((group) => group.length > 1);
}
