/**
 * Half-width of the asymptotic confidence sequence of a mean, which holds at all looks together once rows are many.
 *
 * @param variance  of a row
 * @param rows      so far, at least 1
 * @param options.alpha    that it ever misses, in (0, 1)
 * @param options.planned  rows at which it is to be narrowest
 * @see Waudby-Smith et al. 2024, doi:10.1214/24-AOS2408, equation 9, with ρ by their equation 10
 *
 * @example
 * ```ts
 * import { sequenceReach } from "cspbbr3-twin";
 *
 * console.log(sequenceReach(0.2, 1000, { alpha: 0.05, planned: 5000 }).toFixed(4));
 * // 0.0476
 * ```
 */
export function sequenceReach(
  variance: number,
  rows: number,
  { alpha, planned }: { readonly alpha: number; readonly planned: number },
): number {
  const squaredRho = (-2 * Math.log(alpha) + Math.log(-2 * Math.log(alpha) + 1)) / planned;
  const scaled = rows * squaredRho;
  return Math.sqrt(((2 * variance * (scaled + 1)) / (rows * scaled)) * Math.log(Math.sqrt(scaled + 1) / alpha));
}
