import { type Column, isCategory } from "../../core/Table.js";

/** Fewer rows agree by chance. */
const leastRows = 20;
/** A number with more values than this is no code of categories. */
const mostLevels = 256;
/**
 * Whether one column is another in disguise. Two columns of numbers are if their ranks agree beyond `rankBound`, up
 * or down (a copy, other units, a logarithm, a change of sign), or two codes of which each gives the other (levels
 * renamed). Missing values must be missing in both. Columns that do not vary, or have fewer than 20 rows, are never
 * the same.
 *
 * @param options.rankBound  correlation of ranks (Spearman's) above which numbers are the same (default 0.9999)
 */
export function isSameInformation(
  a: PreparedColumn,
  b: PreparedColumn,
  { rankBound = 0.9999 }: { readonly rankBound?: number } = {},
): boolean {
  if (a.missing !== b.missing || !sameMissing(a, b)) return false;
  if (a.present < leastRows || a.distinct < 2 || b.distinct < 2) return false;
  if (a.ranks !== null && b.ranks !== null) return Math.abs(correlation(a.ranks, b.ranks)) > rankBound;
  return a.distinct === b.distinct && a.codes !== null && b.codes !== null && isRenaming(a.codes, b.codes);
}

/** A column made ready to be held against many others. */
export interface PreparedColumn {
  /** Rank of each row, equal values sharing the mean of theirs; NaN where missing; null for categories. */
  readonly ranks: Float64Array | null;
  /** Code of each row, -1 where missing; null for numbers with many values. */
  readonly codes: Int32Array | null;
  readonly distinct: number;
  readonly present: number;
  readonly missing: number;
}

export function prepareColumn(column: Column, rows: Uint32Array): PreparedColumn {
  if (isCategory(column)) {
    const codes = Int32Array.from(rows, (row) => (column.levels[column.codes[row]] === "" ? -1 : column.codes[row]));
    const present = codes.reduce((count, code) => count + (code < 0 ? 0 : 1), 0);
    return {
      ranks: null,
      codes,
      distinct: new Set(codes).size - (present < codes.length ? 1 : 0),
      present,
      missing: codes.length - present,
    };
  }
  const values = Float64Array.from(rows, (row) => column[row]);
  const order = Uint32Array.from(values.keys())
    .filter((i) => !Number.isNaN(values[i]))
    .sort((a, b) => values[a] - values[b]);
  const ranks = new Float64Array(values.length).fill(Number.NaN);
  const codes = new Int32Array(values.length).fill(-1);
  let distinct = 0;
  for (let from = 0, to = 0; from < order.length; from = to) {
    while (to < order.length && values[order[to]] === values[order[from]]) to++;
    for (let i = from; i < to; i++) {
      ranks[order[i]] = (from + to - 1) / 2;
      codes[order[i]] = distinct;
    }
    distinct++;
  }
  return {
    ranks,
    codes: distinct <= mostLevels ? codes : null,
    distinct,
    present: order.length,
    missing: values.length - order.length,
  };
}

function isMissing({ ranks, codes }: PreparedColumn, i: number): boolean {
  return ranks === null ? codes![i] < 0 : Number.isNaN(ranks[i]);
}

function sameMissing(a: PreparedColumn, b: PreparedColumn): boolean {
  const rows = (a.ranks ?? a.codes!).length;
  for (let i = 0; i < rows; i++) if (isMissing(a, i) !== isMissing(b, i)) return false;
  return true;
}

/** Pearson's, over the rows that both have. */
function correlation(a: Float64Array, b: Float64Array): number {
  let [n, sumA, sumB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    if (Number.isNaN(a[i]) || Number.isNaN(b[i])) continue;
    n++;
    sumA += a[i];
    sumB += b[i];
  }
  let [squaresA, squaresB, products] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    if (Number.isNaN(a[i]) || Number.isNaN(b[i])) continue;
    const [one, other] = [a[i] - sumA / n, b[i] - sumB / n];
    squaresA += one * one;
    squaresB += other * other;
    products += one * other;
  }
  return squaresA === 0 || squaresB === 0 ? 0 : products / Math.sqrt(squaresA * squaresB);
}

function isRenaming(a: Int32Array, b: Int32Array): boolean {
  const [forth, back] = [new Map<number, number>(), new Map<number, number>()];
  for (let i = 0; i < a.length; i++) {
    if ((forth.get(a[i]) ?? b[i]) !== b[i] || (back.get(b[i]) ?? a[i]) !== a[i]) return false;
    forth.set(a[i], b[i]);
    back.set(b[i], a[i]);
  }
  return true;
}
