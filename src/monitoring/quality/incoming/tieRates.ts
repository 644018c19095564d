import { clopperPearson } from "../../../core/statistics/clopperPearson.js";
import type { NumberColumn } from "../../../core/Table.js";

interface Pairs {
  readonly pairs: number;
  readonly ties: number;
}

/** How often a value is followed by itself, within a group and from one group to the next. */
export interface TieRates {
  /** Frequent values, each with its own rates. */
  readonly frequent: readonly { readonly value: number; readonly within: Pairs; readonly between: Pairs }[];
  /** All other values together. */
  readonly others: { readonly within: Pairs; readonly between: Pairs };
  /** Longest run of one value, of frequent ones and of others. */
  readonly longest: { readonly frequent: number; readonly others: number };
}

/** From this share of rows on a value has rates of its own. */
const frequentShare = 0.01;

/**
 * Tie rates of a column: of each pair of kinds the larger of two, in the order of rows and group after group, as tables
 * may be sorted either way.
 */
export function fitTies(column: NumberColumn, groups: Uint32Array): TieRates {
  const rows = groups.map((_, row) => row).filter((row) => !Number.isNaN(column[row]));
  const values = frequentValues(Float64Array.from(rows, (row) => column[row]).sort());
  const grouped = byGroup(rows, groups);
  const orders = [rows, grouped].map((order) => tiesInOrder(column, groups, order, values));
  const more = (one: Pairs, other: Pairs): Pairs => (one.ties * other.pairs > other.ties * one.pairs ? one : other);
  const both = (place: number): { readonly within: Pairs; readonly between: Pairs } => {
    const [one, other] = orders.map(({ cells }) => cells[place]);
    return { within: more(one.within, other.within), between: more(one.between, other.between) };
  };
  return {
    frequent: values.map((value, place) => ({ value, ...both(place) })),
    others: both(values.length),
    longest: {
      frequent: Math.max(...orders.map(({ longest }) => longest.frequent)),
      others: Math.max(...orders.map(({ longest }) => longest.others)),
    },
  };
}

/** Values of more than a share of ascending numbers. */
function frequentValues(ascending: Float64Array): number[] {
  const values: number[] = [];
  for (let begin = 0, i = 1; i <= ascending.length; i++) {
    if (ascending[i] === ascending[begin]) continue;
    if (i - begin > frequentShare * ascending.length) values.push(ascending[begin]);
    begin = i;
  }
  return values;
}

/** Rows group after group, by counting: a comparison of every two takes seconds of a large table. */
function byGroup(rows: Uint32Array, groups: Uint32Array): Uint32Array {
  const begins = new Uint32Array(groups.reduce((most, group) => Math.max(most, group), 0) + 2);
  for (const row of rows) begins[groups[row] + 1]++;
  for (let group = 1; group < begins.length; group++) begins[group] += begins[group - 1];
  const order = new Uint32Array(rows.length);
  for (const row of rows) order[begins[groups[row]]++] = row;
  return order;
}

/** Pairs by value, frequent ones first and all others last. */
function tiesInOrder(
  column: NumberColumn,
  groups: Uint32Array,
  order: Uint32Array,
  values: readonly number[],
): {
  readonly cells: readonly { readonly within: Pairs; readonly between: Pairs }[];
  readonly longest: TieRates["longest"];
} {
  const cellOf = new Map(values.map((value, i) => [value, i]));
  const empty = (): { pairs: number; ties: number } => ({ pairs: 0, ties: 0 });
  const cells = Array.from({ length: values.length + 1 }, () => ({ within: empty(), between: empty() }));
  const longest = { frequent: 0, others: 0 };
  let run = 1;
  for (let i = 0; i < order.length; i++) {
    const value = column[order[i]];
    const isSame = i > 0 && column[order[i - 1]] === value;
    run = isSame ? run + 1 : 1;
    const kind = cellOf.has(value) ? "frequent" : "others";
    longest[kind] = Math.max(longest[kind], run);
    if (i === 0) continue;
    const cell = cells[cellOf.get(column[order[i - 1]]) ?? values.length];
    const pair = groups[order[i]] === groups[order[i - 1]] ? cell.within : cell.between;
    pair.pairs++;
    if (isSame) pair.ties++;
  }
  return { cells, longest };
}

/** Upper bound of a rate, 99 %; null where it was hardly ever looked at. */
export function tieBound({ pairs, ties }: Pairs): number | null {
  return pairs < 20 ? null : clopperPearson(ties, pairs, { side: "upper", level: 0.99 }).high;
}
