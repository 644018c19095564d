import { checkLevel } from "./checkLevel.js";
import { checkShare } from "./checkShare.js";
import type { Interval } from "./Interval.js";
import { normalQuantile } from "./normalQuantile.js";

/**
 * Agresti and Coull's interval of a share: Wald's, with two hits and two misses more. Wilson's is narrower.
 *
 * @param hits    how many had the property, in 0..trials
 * @param trials  how many were looked at, at least 1
 * @returns cut off at 0 and 1
 * @throws RangeError if counts do not fit
 * @see Agresti and Coull 1998, doi:10.1080/00031305.1998.10480550
 *
 * @example
 * ```ts
 * import { agrestiCoullInterval } from "cspbbr3-twin";
 *
 * const { low, high } = agrestiCoullInterval(8, 10);
 * console.log(low.toFixed(3), high.toFixed(3));
 * // 0.479 0.954
 * ```
 */
export function agrestiCoullInterval(
  hits: number,
  trials: number,
  { level = 0.95 }: { readonly level?: number } = {},
): Interval {
  checkShare({ hits, trials }, "agrestiCoullInterval");
  checkLevel(level, "agrestiCoullInterval");
  const z = normalQuantile((1 + level) / 2);
  const all = trials + z ** 2;
  const share = (hits + z ** 2 / 2) / all;
  const reach = z * Math.sqrt((share * (1 - share)) / all);
  return { low: Math.max(0, share - reach), high: Math.min(1, share + reach), level, method: "Agresti and Coull" };
}
