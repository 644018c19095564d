import { averageRanks } from "./averageRanks.js";
import { checkNumbers } from "./checkNumbers.js";
import { normalProbability } from "./normalProbability.js";

/** Whether one sample lies above another, by ranks. */
export interface RankTest {
  readonly statistic: number;
  /** Two-sided; null where all numbers are equal. */
  readonly pValue: number | null;
  readonly method: "exact" | "normal";
}

/** Where the smaller sample has at most so many numbers, and none are tied, orders are counted. */
const mostExact = 8;

/**
 * Rank-sum test of Wilcoxon, Mann and Whitney: U is in how many pairs the first sample's number is the larger one, ties
 * counting half. Exact where one sample has at most 8 numbers and none are tied, else normal with a correction for ties
 * and continuity.
 *
 * @param first,second  finite, at least 1 each, independent rows
 * @throws InputError if a number is not finite
 * @see Mann and Whitney 1947, doi:10.1214/aoms/1177730491
 *
 * @example
 * ```ts
 * import { rankSumTest } from "cspbbr3-twin";
 *
 * const { statistic, pValue } = rankSumTest([1, 2, 3, 4], [5, 6, 7, 2.5]);
 * console.log(statistic, pValue?.toFixed(3));
 * // 2 0.114
 * ```
 */
export function rankSumTest(first: ArrayLike<number>, second: ArrayLike<number>): RankTest {
  for (const values of [first, second]) checkNumbers(values, "rankSumTest", 1);
  const [m, n] = [first.length, second.length];
  const { ranks, ties } = averageRanks([...Array.from(first), ...Array.from(second)]);
  const statistic = ranks.subarray(0, m).reduce((a, b) => a + b, 0) - (m * (m + 1)) / 2;
  const larger = Math.max(statistic, m * n - statistic);
  if (Math.min(m, n) <= mostExact && ties.every((count) => count === 1))
    return { statistic, pValue: Math.min(1, 2 * tailOf(larger, m, n)), method: "exact" };
  const all = m + n;
  const tied = ties.reduce((sum, t) => sum + t ** 3 - t, 0);
  const variance = ((m * n) / 12) * (all + 1 - tied / (all * (all - 1)));
  if (!(variance > 0)) return { statistic, pValue: null, method: "normal" };
  const z = (larger - (m * n) / 2 - 0.5) / Math.sqrt(variance);
  return { statistic, pValue: Math.min(1, 2 * normalProbability(-z)), method: "normal" };
}

/** P(U >= u) if all orders are as likely: the generating function of U is a Gaussian binomial coefficient. */
function tailOf(u: number, m: number, n: number): number {
  const counts = new Float64Array(m * n + 1);
  counts[0] = 1;
  // Each factor (1 - q^(n + i)) / (1 - q^i), and its share of the number of orders, so that none overflows.
  for (let i = 1; i <= m; i++) {
    for (let at = counts.length - 1; at >= n + i; at--) counts[at] -= counts[at - n - i];
    for (let at = i; at < counts.length; at++) counts[at] += counts[at - i];
    for (let at = 0; at < counts.length; at++) counts[at] *= i / (n + i);
  }
  return counts.subarray(Math.ceil(u)).reduce((a, b) => a + b, 0);
}
