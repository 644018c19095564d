import type { Random } from "../../core/random/Random.js";
import { type Estimate, estimateOf } from "../../core/statistics/Estimate.js";
import { groupInterval } from "../../core/statistics/groupInterval.js";
import { sortedQuantile } from "../../core/statistics/sortedQuantile.js";

/** Share of readings that intervals are to hold. */
const wanted = 0.9;
/** Shares of its own readings that the interval of one recipe may hold: some more than others, 0.9 on average. */
const shares = [0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.93, 0.96, 0.98] as const;

/** Quantiles that narrowestWidth reads of each recipe, low and high end of each share in turn. */
export const widthLevels: readonly number[] = shares.flatMap((share) => [(1 - share) / 2, (1 + share) / 2]);

/**
 * How narrow intervals that hold nine readings in ten can be, over the middle nine tenths of all readings: what a model
 * needs to know nothing but the recipe for. A recipe may have an interval that holds more of its readings or fewer, or
 * none at all; the mean width is the least for which the mean share is 0.9 (by its Lagrange dual, which no choice can
 * be below). Quantiles of draws are taken as exact.
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
    shares.map((_, k) => {
      const at = row * widthLevels.length + 2 * k;
      return quantiles[at + 1] - quantiles[at];
    }),
  );
  /** Least of width less price per share held above the wanted one: none held costs nothing. */
  const dualOf = (own: readonly number[], price: number): number =>
    shares.reduce((least, share, k) => Math.min(least, own[k] - price * (share - wanted)), price * wanted);
  const dual = (price: number): number => widths.reduce((sum, own) => sum + dualOf(own, price), 0) / widths.length;
  const price = highest(dual, 20 * Math.max(...widths.map((own) => own[shares.length - 1])));
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
