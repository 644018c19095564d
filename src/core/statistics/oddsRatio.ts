/**
 * Odds ratio of two shares: how many times the odds of the first are those of the second.
 *
 * @param a,b  rows with and without what is counted
 * @returns at least 0; Infinity where the second has none of one kind; null where all outcomes are equal
 *
 * @example
 * ```ts
 * import { oddsRatio } from "cspbbr3-twin";
 *
 * console.log(oddsRatio([9, 41], [2, 48])?.toFixed(2));
 * // 5.27
 * ```
 */
export function oddsRatio(a: readonly [number, number], b: readonly [number, number]): number | null {
  const ratio = (a[0] * b[1]) / (a[1] * b[0]);
  return Number.isNaN(ratio) ? null : ratio;
}
