import { categoryColumn, isCategory, type CategoryColumn } from "../core/Table.js";
import { tidyText } from "../core/tidyText.js";

/** What each row is called: a category column, whole numbers from 0, or texts. */
export type Labels = CategoryColumn | Uint8Array | Uint16Array | Uint32Array | readonly number[] | readonly string[];

/** Rows by name, without names that no row has. */
export interface RowClasses {
  /** Class of each row, 0 .. count - 1, shape [n]. */
  readonly codes: Uint32Array;
  /** In the order of levels or numbers; texts in order of first appearance. */
  readonly names: readonly string[];
  /** Row indices of each class, ascending. */
  readonly rows: readonly Uint32Array[];
}

/**
 * Labels or groups as dense codes.
 *
 * @param options.where  function that asks, for the message
 * @param options.what   what a class is called, for the message
 * @throws RangeError if there is no row, a row has no label, or a number is not a code
 */
export function rowClasses(
  labels: Labels,
  { where, what = "label" }: { readonly where: string; readonly what?: string },
): RowClasses {
  const { codes, names } = isColumn(labels)
    ? coded(labels)
    : isTexts(labels)
      ? coded(categoryColumn(labels))
      : numbered(labels, where, what);
  const absent = isColumn(labels) ? -1 : Array.prototype.findIndex.call(labels, (one: unknown) => one == null);
  if (absent >= 0)
    throw new RangeError(
      `${where}: every row must have a ${what}; row ${absent} has ${String((labels as readonly unknown[])[absent])}; ` +
        "leave such rows out",
    );
  if (codes.length === 0) throw new RangeError(`${where}: at least one row is needed; got an empty table`);
  const nameless = names.indexOf("");
  const bare = nameless < 0 ? -1 : codes.indexOf(nameless);
  if (bare >= 0)
    throw new RangeError(`${where}: every row must have a ${what}; row ${bare} has none; leave such rows out`);
  const counts = new Uint32Array(names.length);
  for (const code of codes) counts[code]++;
  const dense = new Uint32Array(names.length);
  const present = names.filter((_, code) => counts[code] > 0);
  let next = 0;
  counts.forEach((count, code) => (dense[code] = count > 0 ? next++ : 0));
  const rows = Array.from(
    counts.filter((count) => count > 0),
    (count) => new Uint32Array(count),
  );
  const filled = new Uint32Array(rows.length);
  const denseCodes = Uint32Array.from(codes, (code) => dense[code]);
  denseCodes.forEach((code, row) => (rows[code][filled[code]++] = row));
  return { codes: denseCodes, names: present, rows };
}

interface Coded {
  readonly codes: ArrayLike<number> & Iterable<number> & { indexOf(code: number): number };
  readonly names: readonly string[];
}

function isColumn(labels: Labels): labels is CategoryColumn {
  return "codes" in labels && isCategory(labels);
}

function isTexts(
  labels: readonly string[] | readonly number[] | Uint8Array | Uint16Array | Uint32Array,
): labels is readonly string[] {
  return typeof labels[0] === "string";
}

/** A level listed twice counts as one, also where the two differ in what is not seen ("B1" and "B1 "). */
function coded({ codes, levels }: CategoryColumn): Coded {
  const tidy = levels.map(tidyText);
  if (new Set(tidy).size === tidy.length) return { codes, names: tidy };
  const { codes: firsts, levels: names } = categoryColumn(tidy);
  return { codes: Uint32Array.from(codes, (code) => firsts[code]), names };
}

function numbered(
  numbers: readonly number[] | Uint8Array | Uint16Array | Uint32Array,
  where: string,
  what: string,
): Coded {
  const row = Array.prototype.findIndex.call(
    numbers,
    (value: number) => !(Number.isInteger(value) && value >= 0 && value < 2 ** 32),
  );
  if (row >= 0)
    throw new RangeError(
      `${where}: a ${what} must be a whole number from 0; row ${row} has ${numbers[row]}; ` +
        "write codes, texts or a category column",
    );
  const values = Uint32Array.from(new Set(numbers)).sort();
  const codeOf = new Map(Array.from(values, (value, code) => [value, code]));
  return { codes: Uint32Array.from(numbers, (value) => codeOf.get(value)!), names: Array.from(values, String) };
}
