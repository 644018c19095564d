import { sortedNumbers } from "./sortedNumbers.js";

/**
 * Wasserstein distance of two samples: how far their numbers must move, on average, to be distributed alike. It is in
 * their unit, and of a plain shift it is the shift.
 *
 * @param a,b  finite numbers, at least one each
 * @see Vallender 1974, doi:10.1137/1118101 (area between the distribution functions)
 *
 * @example
 * ```ts
 * import { wassersteinDistance } from "cspbbr3-twin";
 *
 * console.log(wassersteinDistance([150, 160, 170], [162, 152, 172]));
 * // 2
 * ```
 */
export function wassersteinDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return sortedWasserstein(sortedNumbers(a), sortedNumbers(b));
}

/** Wasserstein distance of ascending numbers. */
export function sortedWasserstein(one: Float64Array, other: Float64Array): number {
  const [m, n] = [one.length, other.length];
  let [i, j, area, at] = [0, 0, 0, Math.min(one[0], other[0])];
  while (i < m || j < n) {
    const next = j < n ? other[j] : Infinity;
    const share = j / n;
    for (; i < m; i++) {
      const value = one[i];
      if (!(value < next)) break;
      area += Math.abs(i / m - share) * (value - at);
      at = value;
    }
    if (j === n) continue;
    area += Math.abs(i / m - share) * (next - at);
    at = next;
    while (i < m && one[i] === next) i++;
    while (j < n && other[j] === next) j++;
  }
  return area;
}
