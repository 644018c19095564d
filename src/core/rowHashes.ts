import type { Column, Table } from "./Table.js";
import { isCategory } from "./Table.js";

/**
 * Hash of each row over the columns asked for, 53 bits: equal rows have equal ones, also in tables of other files.
 *
 * Texts count as texts, whatever their codes; missing values are equal, and so are 0 and -0. Rows of equal hash are
 * almost surely equal: of ten thousand rows against a thousand others, any two coincide with probability 1e-9.
 *
 * @param options.names     columns to hash, in this order; all by default
 * @param options.isSingle  numbers count as float32, as they come back from a .csv of float32 (default false)
 */
export function rowHashes(
  table: Table,
  {
    names = Object.keys(table.columns),
    isSingle = false,
  }: { readonly names?: readonly string[]; readonly isSingle?: boolean } = {},
): Float64Array {
  const [high, low] = [
    new Uint32Array(table.numRows).fill(0x811c9dc5),
    new Uint32Array(table.numRows).fill(0x050c5d1f),
  ];
  for (const name of names) mix(wordsOf(table.columns[name], isSingle), high, low);
  return Float64Array.from(high, (word, row) => (word >>> 11) * 2 ** 32 + low[row]);
}

/** 32 bits for each text, twice as many for each number. */
function wordsOf(column: Column, isSingle: boolean): Uint32Array {
  if (isCategory(column)) {
    const hashes = column.levels.map(textHash);
    return Uint32Array.from(column.codes, (code) => hashes[code]);
  }
  // One NaN and one zero.
  const values = new Float64Array(column.length);
  for (let row = 0; row < values.length; row++) {
    const value = isSingle ? Math.fround(column[row]) : column[row];
    values[row] = Number.isNaN(value) ? Number.NaN : value + 0;
  }
  return new Uint32Array(values.buffer);
}

/** FNV-1a over UTF-16 units. */
function textHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** Two FNV-1a hashes over the words of a column, with the multiply of MurmurHash to spread the high bits. */
function mix(words: Uint32Array, high: Uint32Array, low: Uint32Array): void {
  const perRow = words.length / Math.max(high.length, 1);
  for (let row = 0; row < high.length; row++) {
    for (let i = row * perRow; i < (row + 1) * perRow; i++) {
      const word = Math.imul(words[i] ^ (words[i] >>> 15), 0x85ebca6b);
      high[row] = Math.imul(high[row] ^ word, 0x01000193);
      low[row] = Math.imul(low[row] ^ (word >>> 13) ^ word, 0xcc9e2d51);
    }
  }
}
