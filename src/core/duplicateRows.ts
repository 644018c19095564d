import type { Column, Table } from "./Table.js";
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
  const hashes = new Float64Array(table.numRows);
  const [high, low] = [
    new Uint32Array(table.numRows).fill(0x811c9dc5),
    new Uint32Array(table.numRows).fill(0x050c5d1f),
  ];
  for (const values of columns) mix(values, high, low);
  for (let row = 0; row < hashes.length; row++) hashes[row] = (high[row] >>> 11) * 2 ** 32 + low[row];
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

/** Two FNV-1a hashes over the 32-bit words of a column, with the multiply of MurmurHash to spread the high bits. */
function mix(values: Values, high: Uint32Array, low: Uint32Array): void {
  const words = new Uint32Array(values.buffer);
  const perRow = words.length / Math.max(values.length, 1);
  for (let row = 0; row < values.length; row++) {
    for (let i = row * perRow; i < (row + 1) * perRow; i++) {
      const word = Math.imul(words[i] ^ (words[i] >>> 15), 0x85ebca6b);
      high[row] = Math.imul(high[row] ^ word, 0x01000193);
      low[row] = Math.imul(low[row] ^ (word >>> 13) ^ word, 0xcc9e2d51);
    }
  }
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
