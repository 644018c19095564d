import { betaQuantile } from "./betaQuantile.js";
import { checkLevel } from "./checkLevel.js";
import { checkShare } from "./checkShare.js";
import type { Interval } from "./Interval.js";

/**
 * Jeffreys's interval of a share: the middle of its distribution after the trials, from even odds before.
 *
 * @param hits    how many had the property, in 0..trials
 * @param trials  how many were looked at, at least 1
 * @throws RangeError if counts do not fit
 * @see Brown, Cai and DasGupta 2001, doi:10.1214/ss/1009213286
 *
 * @example
 * ```ts
 * import { jeffreysInterval } from "cspbbr3-twin";
 *
 * const { low, high } = jeffreysInterval(8, 10);
 * console.log(low.toFixed(3), high.toFixed(3));
 * // 0.497 0.956
 * ```
 */
export function jeffreysInterval(
  hits: number,
  trials: number,
  { level = 0.95 }: { readonly level?: number } = {},
): Interval {
  checkShare({ hits, trials }, "jeffreysInterval");
  checkLevel(level, "jeffreysInterval");
  const tail = (1 - level) / 2;
  const [a, b] = [hits + 0.5, trials - hits + 0.5];
  return { low: betaQuantile(tail, a, b), high: betaQuantile(1 - tail, a, b), level, method: "Jeffreys" };
}
