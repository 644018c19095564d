import { averageRanks } from "./averageRanks.js";
import { checkPairs } from "./checkNumbers.js";
import { normalProbability } from "./normalProbability.js";
import type { RankTest } from "./rankSumTest.js";

/** Up to so many pairs, without ties, signs are counted. */
const mostExact = 50;

/**
 * Wilcoxon's signed-rank test of pairs: whether differences lie about 0. The statistic is the smaller of the rank sums
 * above and below; pairs that do not differ are left out. Exact up to 50 pairs without ties or equal pairs, else
 * normal.
 *
 * @param first,second  finite, one number per row each, at least 1
 * @throws InputError if a number is not finite, or lengths differ
 * @see Wilcoxon 1945, doi:10.2307/3001968
 *
 * @example
 * ```ts
 * import { signedRankTest } from "cspbbr3-twin";
 *
 * const { statistic, pValue } = signedRankTest([1, 2, 3, 4, 5, 6], [2, 4, 6, 8, 10, 3.5]);
 * console.log(statistic, pValue?.toFixed(3));
 * // 3 0.156
 * ```
 */
export function signedRankTest(first: ArrayLike<number>, second: ArrayLike<number>): RankTest {
  checkPairs(first, second, "signedRankTest", 1);
  const all = Array.from(first, (value, row) => value - second[row]);
  const differences = all.filter((difference) => difference !== 0);
  const n = differences.length;
  const { ranks, ties } = averageRanks(differences.map(Math.abs));
  const above = differences.reduce((sum, difference, i) => sum + (difference > 0 ? ranks[i] : 0), 0);
  const statistic = Math.min(above, (n * (n + 1)) / 2 - above);
  if (n === 0) return { statistic, pValue: null, method: "normal" };
  if (n === all.length && n <= mostExact && ties.every((count) => count === 1))
    return { statistic, pValue: Math.min(1, 2 * tailOf(statistic, n)), method: "exact" };
  const tied = ties.reduce((sum, t) => sum + t ** 3 - t, 0);
  const variance = (n * (n + 1) * (2 * n + 1)) / 24 - tied / 48;
  const z = (statistic - (n * (n + 1)) / 4) / Math.sqrt(variance);
  return { statistic, pValue: Math.min(1, 2 * normalProbability(z)), method: "normal" };
}

/** P(sum of ranks above 0 is at most so large), every sign as likely. */
function tailOf(sum: number, n: number): number {
  const shares = new Float64Array((n * (n + 1)) / 2 + 1);
  shares[0] = 1;
  for (let rank = 1; rank <= n; rank++)
    for (let at = shares.length - 1; at >= 0; at--)
      shares[at] = (shares[at] + (at >= rank ? shares[at - rank] : 0)) / 2;
  return shares.subarray(0, Math.floor(sum) + 1).reduce((a, b) => a + b, 0);
}
