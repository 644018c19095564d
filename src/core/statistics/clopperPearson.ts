import { checkLevel } from "./checkLevel.js";
import { betaQuantile } from "./betaQuantile.js";
import type { Interval } from "./Interval.js";

/**
 * Exact (Clopper-Pearson) interval of a share: never covers less than `level`, whatever
 * the true share. With `side: "upper"` the low end is 0 and all of the error is spent above.
 *
 * @param hits    how many had the property, an integer in 0..trials
 * @param trials  how many were looked at, at least 1
 * @returns shares in [0, 1]
 * @throws RangeError if the counts or the level do not fit
 * @see Clopper and Pearson 1934, doi:10.1093/biomet/26.4.404
 *
 * @example
 * ```ts
 * import { clopperPearson } from "cspbbr3-twin";
 *
 * const { low, high } = clopperPearson(8, 10);
 * console.log(low.toFixed(3), high.toFixed(3));
 * // 0.444 0.975
 * ```
 */
export function clopperPearson(
  hits: number,
  trials: number,
  { level = 0.95, side = "both" }: { readonly level?: number; readonly side?: "both" | "upper" | "lower" } = {},
): Interval {
  if (!(Number.isInteger(hits) && Number.isInteger(trials) && trials >= 1 && hits >= 0 && hits <= trials)) {
    throw new RangeError(
      `clopperPearson: hits must be an integer in 0..trials and trials at least 1; got ${hits} of ${trials}`,
    );
  }
  checkLevel(level, "clopperPearson");
  const tail = side === "both" ? (1 - level) / 2 : 1 - level;
  return {
    low: side === "upper" || hits === 0 ? 0 : betaQuantile(tail, hits, trials - hits + 1),
    high: side === "lower" || hits === trials ? 1 : betaQuantile(1 - tail, hits + 1, trials - hits),
    level,
    method: side === "both" ? "Clopper-Pearson" : `Clopper-Pearson, ${side} side`,
  };
}
