import { detectableShift } from "../core/statistics/detectableShift.js";
import type { GainSpread } from "./pairedComparison.js";
import { medianError } from "./powerAt.js";

/**
 * Which true gain a comparison of so many groups that scatter as these do would have shown with the wanted power.
 *
 * @param spread         of a comparison
 * @param options.power  wanted, in (alpha, 1) (default 0.8)
 * @returns in the unit of the statistic, at least 0
 * @throws RangeError as detectableShift
 *
 * @example
 * ```ts
 * import { detectableDifference } from "cspbbr3-twin";
 *
 * console.log(detectableDifference({ standardError: 0.08, freedom: 12, alpha: 0.05 }).toFixed(3));
 * // 0.217
 * ```
 */
export function detectableDifference(
  { standardError, freedom, alpha }: GainSpread,
  { power = 0.8 }: { readonly power?: number } = {},
): number {
  return medianError({ standardError, freedom }) * detectableShift(power, { freedom, alpha });
}
