import type { MissingPattern } from "../core/MissingPattern.js";
import type { Random } from "../core/random/Random.js";
import { categoryColumn, type Column, isCategory, makeTable, type Table, textsOf } from "../core/Table.js";

/** What may be hidden, and how tables leave it out. */
export interface HidingPlan {
  /** Each may be hidden by itself; those that a table lacks are passed over. */
  readonly columns: readonly string[];
  /** Columns that are told, or not, together: ligands, times. */
  readonly groups: readonly (readonly string[])[];
  /** Of real tables, each as likely as the others. */
  readonly patterns: readonly MissingPattern[];
}

/**
 * A copy of recipes with values hidden, so that a model learns what it can say without them: half of the rows as the
 * patterns leave values out, half at random, where each row draws one rate at which its columns and groups are hidden.
 * A hidden number is NaN, a hidden text empty. What becomes of a row depends on the stream and its number alone.
 *
 * @param random   each row draws from a fork of its own
 * @param options.whole  share of rows that nothing is hidden of (default 0)
 * @throws RangeError if `whole` leaves [0, 1]
 */
export function hideValues(
  table: Table,
  random: Random,
  { columns, groups, patterns }: HidingPlan,
  { whole = 0 }: { readonly whole?: number } = {},
): Table {
  if (!(whole >= 0 && whole <= 1)) throw new RangeError(`hideValues: whole must be in [0, 1]; got ${whole}`);
  const names = new Set([...columns, ...groups.flat(), ...patterns.flatMap(({ shares }) => Object.keys(shares))]);
  const places = new Map([...names].map((name, place) => [name, place]));
  const hidden = Array.from(places, () => new Uint8Array(table.numRows));
  const hide = (name: string, row: number): void => {
    const place = places.get(name);
    if (place !== undefined) hidden[place][row] = 1;
  };
  for (let row = 0; row < table.numRows; row++) {
    const draw = random.fork(row);
    if (draw() < whole) continue;
    if (patterns.length > 0 && draw() < 0.5) {
      const { shares } = patterns[Math.floor(draw() * patterns.length)];
      for (const [name, share] of Object.entries(shares)) if (draw() < share) hide(name, row);
    } else {
      const rate = draw();
      for (const name of columns) if (draw() < rate) hide(name, row);
      for (const group of groups) if (draw() < rate) group.forEach((name) => hide(name, row));
    }
  }
  const copies = Object.entries(table.columns).map(([name, column]): [string, Column] => {
    const place = places.get(name);
    return [name, place === undefined ? column : without(table, name, hidden[place])];
  });
  return makeTable(table.schema, Object.fromEntries(copies));
}

function without(table: Table, name: string, hidden: Uint8Array): Column {
  const column = table.columns[name];
  if (isCategory(column)) {
    const texts = textsOf(table, name).map((text, row) => (hidden[row] === 1 ? "" : text));
    return categoryColumn(texts, [...new Set([...column.levels, ""])]);
  }
  return column.map((value, row) => (hidden[row] === 1 ? Number.NaN : value));
}
