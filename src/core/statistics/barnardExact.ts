import { checkShare } from "./checkShare.js";
import { logGamma } from "./logGamma.js";
import type { Share } from "./newcombeInterval.js";

/** Common shares that are looked at first, evenly; around the likeliest of them the search is refined. */
const looked = 400;
const refined = 40;

/**
 * Barnard's exact test of two independent shares, two-sided. It is the probability of tables whose pooled z is as large
 * as this one's, at the common share at which it is largest; more powerful than fisherExact, which holds both margins.
 *
 * The samples are the two that are given; SciPy's barnard_exact takes them as the columns of its table, not its rows,
 * and looks for the largest from 32 starts, of which some tables have a larger one elsewhere.
 *
 * @returns in (0, 1]; 1 where all outcomes are equal
 * @throws RangeError if counts do not fit
 * @see Barnard 1947, doi:10.1093/biomet/34.1-2.123
 *
 * @example
 * ```ts
 * import { barnardExact } from "cspbbr3-twin";
 *
 * console.log(barnardExact({ hits: 9, trials: 50 }, { hits: 2, trials: 50 }).toFixed(4));
 * // 0.0263
 * ```
 */
export function barnardExact(first: Share, second: Share): number {
  for (const one of [first, second]) checkShare(one, "barnardExact");
  const [m, n] = [first.trials, second.trials];
  const distance = (x: number, y: number): number => {
    const pooled = (x + y) / (m + n);
    const difference = Math.abs(x / m - y / n);
    return difference === 0 ? 0 : difference / Math.sqrt(pooled * (1 - pooled) * (1 / m + 1 / n));
  };
  const limit = distance(first.hits, second.hits) * (1 - 1e-12);
  if (limit === 0) return 1;
  // For each count of the first, the counts of the second that are as far below or above it.
  const below = Int32Array.from({ length: m + 1 }, (_, x) => {
    let y = Math.floor((x * n) / m);
    while (y >= 0 && (y * m >= x * n || distance(x, y) < limit)) y--;
    return y;
  });
  const above = Int32Array.from({ length: m + 1 }, (_, x) => {
    let y = Math.ceil((x * n) / m);
    while (y <= n && (y * m <= x * n || distance(x, y) < limit)) y++;
    return y;
  });
  const [ofFirst, ofSecond] = [logChoices(m), logChoices(n)];
  const probability = (share: number): number => {
    const [odds, rest] = [Math.log(share), Math.log1p(-share)];
    const upTo = new Float64Array(n + 2);
    for (let y = 0; y <= n; y++) upTo[y + 1] = upTo[y] + Math.exp(ofSecond[y] + y * odds + (n - y) * rest);
    let sum = 0;
    for (let x = 0; x <= m; x++)
      sum += Math.exp(ofFirst[x] + x * odds + (m - x) * rest) * (upTo[below[x] + 1] + upTo[n + 1] - upTo[above[x]]);
    return sum;
  };
  let [best, at, step] = [0, 0.5, 1 / looked];
  const look = (share: number): void => {
    if (share <= 0 || share >= 1) return;
    const value = probability(share);
    if (value > best) [best, at] = [value, share];
  };
  for (let i = 1; i < looked; i++) look(i * step);
  for (; step > 1e-9; step /= refined / 4) {
    const centre = at;
    for (let i = -refined / 2; i <= refined / 2; i++) look(centre + (2 * step * i) / refined);
  }
  return Math.min(1, best);
}

/** Logarithms of the binomial coefficients of n. */
function logChoices(n: number): Float64Array {
  return Float64Array.from({ length: n + 1 }, (_, k) => logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1));
}
