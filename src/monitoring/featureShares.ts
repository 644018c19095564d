import { isCategory, type Table, textsOf } from "../core/Table.js";

/** How rows of two tables share out over bins of a number, or levels of a category. */
export interface FeatureShares {
  /** Ascending edges of bins of one width, one more than bins; null of a category. */
  readonly edges: readonly number[] | null;
  /** Names of levels, the most frequent first; null of a number. */
  readonly levels: readonly string[] | null;
  /** Of the rows that have a value, one per bin or level. */
  readonly reference: readonly number[];
  readonly current: readonly number[];
}

/** More levels than this are shown as one. */
const mostLevels = 12;
const otherLevels = "others";
const bins = 24;

/**
 * Shares of one feature in two tables, over bins or levels that both have in common: what a figure of its drift shows.
 *
 * @throws RangeError if a table has no value of it
 */
export function featureShares(feature: string, reference: Table, current: Table): FeatureShares {
  const [there, here] = [reference.columns[feature], current.columns[feature]];
  const shares =
    isCategory(there) || isCategory(here)
      ? levelShares([textsOf(reference, feature), textsOf(current, feature)].map((texts) => texts.filter(Boolean)))
      : numberShares([there, here].map((column) => Float64Array.from(column).filter((value) => !Number.isNaN(value))));
  if (shares !== null) return shares;
  throw new RangeError(`featureShares: both tables must have values of ${feature}`);
}

function numberShares(sides: readonly Float64Array[]): FeatureShares | null {
  if (sides.some(({ length }) => length === 0)) return null;
  const extreme = (of: (a: number, b: number) => number): number =>
    sides.map((values) => values.reduce((one, other) => of(one, other))).reduce((one, other) => of(one, other));
  const [low, high] = [extreme(Math.min), extreme(Math.max)];
  // A constant has a bin of its own, as wide as a number of its size can be told from the next.
  const width = high > low ? (high - low) / bins : Math.max(1e-6, Math.abs(low) * 1e-6);
  const edges = Array.from({ length: high > low ? bins + 1 : 2 }, (_, i) => low + i * width);
  const [reference, current] = sides.map((values) => {
    const counts = new Array<number>(edges.length - 1).fill(0);
    for (const value of values) counts[Math.min(counts.length - 1, Math.floor((value - low) / width))]++;
    return counts.map((count) => count / values.length);
  });
  return { edges, levels: null, reference, current };
}

function levelShares(sides: readonly (readonly string[])[]): FeatureShares | null {
  if (sides.some(({ length }) => length === 0)) return null;
  const counts = sides.map((texts) => {
    const of = new Map<string, number>();
    for (const text of texts) of.set(text, (of.get(text) ?? 0) + 1);
    return of;
  });
  const shareOf = (side: number, level: string): number => (counts[side].get(level) ?? 0) / sides[side].length;
  const both = (level: string): number => shareOf(0, level) + shareOf(1, level);
  const all = [...new Set(sides.flat())].sort((a, b) => both(b) - both(a));
  const shown = all.length <= mostLevels ? all : all.slice(0, mostLevels - 1);
  const [there, here] = [0, 1].map((side) => {
    const shares = shown.map((level) => shareOf(side, level));
    return all.length === shown.length ? shares : [...shares, 1 - shares.reduce((sum, one) => sum + one, 0)];
  });
  const levels = all.length === shown.length ? shown : [...shown, otherLevels];
  return { edges: null, levels, reference: there, current: here };
}
