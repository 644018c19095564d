import { checkLevel } from "./checkLevel.js";
import { checkNumbers } from "./checkNumbers.js";
import type { Interval } from "./Interval.js";
import { normalQuantile } from "./normalQuantile.js";
import { sampleMoments } from "./sampleMoments.js";

/** How far one sample lies above another, in standard deviations. */
export interface CohenD {
  readonly d: number;
  /** Hedges's g: d without the bias of small samples. */
  readonly g: number;
  /** Of d, for independent rows of many. */
  readonly interval: Interval;
}

/**
 * Cohen's d: how far the second sample's mean lies above the first's, in pooled standard deviations.
 *
 * @param first,second  finite, at least 2 each, independent rows
 * @returns null where nothing varies
 * @throws InputError if a number is not finite
 * @see Hedges 1981, doi:10.3102/10769986006002107
 *
 * @example
 * ```ts
 * import { cohenD } from "cspbbr3-twin";
 *
 * const effect = cohenD([5, 6, 7, 6], [6, 7, 8, 8]);
 * console.log(effect?.d.toFixed(2), effect?.g.toFixed(2));
 * // 1.40 1.22
 * ```
 */
export function cohenD(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  { level = 0.95 }: { readonly level?: number } = {},
): CohenD | null {
  checkLevel(level, "cohenD");
  for (const values of [first, second]) checkNumbers(values, "cohenD", 2);
  const [a, b] = [sampleMoments(first), sampleMoments(second)];
  const freedom = a.n + b.n - 2;
  const deviation = Math.sqrt(((a.n - 1) * a.variance + (b.n - 1) * b.variance) / freedom);
  if (deviation === 0) return null;
  const d = (b.mean - a.mean) / deviation;
  const error = Math.sqrt((a.n + b.n) / (a.n * b.n) + d ** 2 / (2 * (a.n + b.n)));
  const reach = normalQuantile((1 + level) / 2) * error;
  return {
    d,
    g: d * (1 - 3 / (4 * freedom - 1)),
    interval: { low: d - reach, high: d + reach, level, method: "normal, of d" },
  };
}
