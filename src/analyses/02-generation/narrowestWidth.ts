import type { Random } from "../../core/random/Random.js";
import { type Estimate, estimateOf } from "../../core/statistics/Estimate.js";
import { groupInterval } from "../../core/statistics/groupInterval.js";
import { sortedQuantile } from "../../core/statistics/sortedQuantile.js";

/** Share of readings that intervals are to hold. */
const wanted = 0.9;
/** Steps of the quantiles that intervals may begin and end at. */
const steps = 200;

/** Quantiles that narrowestWidth reads of each recipe, ascending. */
export const widthLevels: readonly number[] = Array.from({ length: steps - 1 }, (_, i) => (i + 1) / steps);

/**
 * How narrow intervals that hold nine readings in ten can be, over the middle nine tenths of all readings: what a model
 * needs to know nothing but the recipe for. Of each recipe the interval is the shortest that holds its share, wherever
 * it begins; a recipe may have one that holds more of its readings or fewer, or none at all. The mean width is the
 * least for which the mean share is 0.9, by its Lagrange dual, which no choice of such intervals can be below.
 * Quantiles of draws are taken as exact, and the shortest interval of so many draws is rather too short.
 *
 * @param quantiles  of each recipe at `widthLevels`, row-major; recipes with a NaN do not count
 * @param readings   one of each recipe, on the same scale
 */
export function narrowestWidth(
  quantiles: ArrayLike<number>,
  readings: ArrayLike<number>,
  random: Random,
): Estimate & { readonly n: number } {
  const known = Array.from(readings, (_, row) => row).filter(
    (row) =>
      !Number.isNaN(readings[row]) &&
      widthLevels.every((_, level) => !Number.isNaN(quantiles[row * widthLevels.length + level])),
  );
  const widths = known.map((row) =>
    shortest(Array.from({ length: widthLevels.length }, (_, k) => quantiles[row * widthLevels.length + k])),
  );
  /** Least of width less price per share held above the wanted one: none held costs nothing. */
  const dualOf = (own: Float64Array, price: number): number => {
    let least = price * wanted;
    for (let k = 1; k < own.length; k++) least = Math.min(least, own[k] - price * (k / steps - wanted));
    return least;
  };
  const dual = (price: number): number => widths.reduce((sum, own) => sum + dualOf(own, price), 0) / widths.length;
  const price = highest(dual, 20 * Math.max(...widths.map((own) => own[own.length - 1])));
  const values = known.map((row) => readings[row]);
  const ratio = (rows: Uint32Array): number => {
    const sorted = Float64Array.from(rows, (at) => values[at]).sort();
    const middle = sortedQuantile(sorted, (1 + wanted) / 2) - sortedQuantile(sorted, (1 - wanted) / 2);
    return rows.reduce((sum, at) => sum + dualOf(widths[at], price), 0) / rows.length / middle;
  };
  const each = Array.from(known.keys());
  const { interval, reason } = groupInterval(each, ratio, random, { draws: 500, unit: "recipe", kind: "mean" });
  if (interval === null) throw new RangeError(`narrowestWidth: recipes must be enough for an interval: ${reason}`);
  return { ...estimateOf(ratio(Uint32Array.from(each)), interval), n: known.length };
}

/** Width of the shortest interval that holds each share, in steps of the levels: place k holds k of them. */
function shortest(ends: readonly number[]): Float64Array {
  return Float64Array.from(ends, (_, held) => {
    let least = Infinity;
    for (let from = 0; from + held < ends.length; from++) least = Math.min(least, ends[from + held] - ends[from]);
    return least;
  });
}

/** Where a concave function of one price is highest. */
function highest(of: (price: number) => number, most: number): number {
  let [low, high] = [0, most];
  for (let step = 0; step < 60; step++) {
    const [left, right] = [low + (high - low) / 3, high - (high - low) / 3];
    if (of(left) < of(right)) low = left;
    else high = right;
  }
  return (low + high) / 2;
}
