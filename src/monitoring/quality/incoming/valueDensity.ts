import { quantityOf } from "../../../chemistry/units.js";
import type { NumberColumn } from "../../../core/Table.js";

/** How values of a column are spread: shares of equally wide cells, with room for values outside. */
export interface ValueDensity {
  /** Whether cells are even in the logarithm; zeros are then counted apart. */
  readonly isLog: boolean;
  /** On that scale. */
  readonly low: number;
  readonly high: number;
  readonly counts: readonly number[];
  readonly values: number;
  readonly zeros: number;
}

const cells = 40;
/** Of a histogram; fewer values say too little about where others may lie. */
export const leastValues = 50;

/**
 * Shares of cells of a column's values; null of fewer than 50. Amounts that span more than a factor of twenty are
 * looked at in the logarithm, temperatures never: their zero is a convention.
 */
export function fitDensity(column: NumberColumn, unit: string): ValueDensity | null {
  const present = Float64Array.from(column).filter((value) => Number.isFinite(value));
  const nonzero = present.filter((value) => value !== 0);
  let [least, most] = [Infinity, -Infinity];
  for (const value of nonzero) [least, most] = [Math.min(least, value), Math.max(most, value)];
  const isLog = least > 0 && most / least > 20 && quantityOf(unit) !== "temperature";
  const kept = isLog ? nonzero.map(Math.log) : present;
  if (kept.length < leastValues) return null;
  let [low, high] = [Infinity, -Infinity];
  for (const value of kept) [low, high] = [Math.min(low, value), Math.max(high, value)];
  // A column that is always the same has room for rounding.
  const room = Math.max(high - low, isLog ? 0.05 : 1e-3 * Math.max(Math.abs(low), Math.abs(high)), 1e-12);
  [low, high] = [(low + high - room) / 2, (low + high + room) / 2];
  const counts = new Array<number>(cells).fill(0);
  for (const value of kept) counts[Math.min(cells - 1, Math.floor(((value - low) / room) * cells))]++;
  return { isLog, low, high, counts, values: kept.length, zeros: isLog ? present.length - nonzero.length : 0 };
}

/** A value on the scale of the cells; NaN where it has no place there. */
export function onScale({ isLog }: ValueDensity, value: number): number {
  return isLog ? (value > 0 ? Math.log(value) : Number.NaN) : value;
}

/**
 * Natural logarithm of the density, by place of the scale. Half a value is added to each cell; one value's share lies
 * outside, the less densely the farther: it integrates to 1, so that a ratio of two densities is evidence.
 */
export function logDensity({ low, high, counts, values }: ValueDensity): (place: number) => number {
  const room = high - low;
  const total = values + counts.length / 2 + 1;
  const ofCell = Float64Array.from(counts, (count) => Math.log(((count + 0.5) / total) * (counts.length / room)));
  return (place) => {
    if (place >= low && place <= high)
      return ofCell[Math.min(counts.length - 1, Math.floor(((place - low) / room) * counts.length))];
    const distance = place < low ? low - place : place - high;
    return Math.log((0.5 * room) / total / (room + distance) ** 2);
  };
}
