/**
 * Whether a target is UNATTAINABLE: no model reaches it, for it lies above the ceiling's favourable end.
 *
 * @param ceiling    of replicateCeiling for an accuracy, or replicateNoise for R²
 * @param threshold  of the target, in the unit of the ceiling
 * @returns null where the ceiling is not known: its reason says why
 *
 * @example
 * ```ts
 * import { unattainable } from "cspbbr3-twin";
 *
 * console.log(unattainable({ favourable: 0.8 }, 0.9), unattainable({ favourable: null }, 0.9));
 * // true null
 * ```
 */
export function unattainable(
  { favourable }: { readonly favourable: number | null },
  threshold: number,
): boolean | null {
  return favourable === null ? null : threshold > favourable;
}
