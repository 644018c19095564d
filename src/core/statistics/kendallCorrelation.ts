import { averageRanks } from "./averageRanks.js";
import { checkPairs } from "./checkNumbers.js";
import { normalProbability } from "./normalProbability.js";

/** How two orders agree. */
export interface KendallCorrelation {
  /** τ_b, in [-1, 1]; null where a column does not vary. */
  readonly value: number | null;
  /** Of no correlation, two-sided, normal approximation; null where there is no value. */
  readonly pValue: number | null;
  readonly n: number;
}

/**
 * Kendall's τ_b: pairs of rows in the same order less those in the opposite, over those that either column orders.
 *
 * @param first,second  finite, shape [n], n at least 3; all pairs are looked at
 * @throws InputError if a number is not finite, or lengths differ
 * @see Kendall 1945, doi:10.1093/biomet/33.3.239 (ties)
 *
 * @example
 * ```ts
 * import { kendallCorrelation } from "cspbbr3-twin";
 *
 * console.log(kendallCorrelation([1, 2, 3, 4], [1, 3, 2, 4]).value?.toFixed(3));
 * // 0.667
 * ```
 */
export function kendallCorrelation(first: ArrayLike<number>, second: ArrayLike<number>): KendallCorrelation {
  checkPairs(first, second, "kendallCorrelation", 3);
  const n = first.length;
  let net = 0;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) net += Math.sign(first[i] - first[j]) * Math.sign(second[i] - second[j]);
  const [a, b] = [first, second].map((values) => tieSums(averageRanks(values).ties));
  const pairs = (n * (n - 1)) / 2;
  const ordered = (pairs - a.pairs) * (pairs - b.pairs);
  if (ordered === 0) return { value: null, pValue: null, n };
  const all = 2 * pairs;
  const variance =
    (all * (2 * n + 5) - a.scatter - b.scatter) / 18 +
    (2 * a.pairs * b.pairs) / all +
    (a.triples * b.triples) / (9 * all * (n - 2));
  return {
    value: Math.max(-1, Math.min(1, net / Math.sqrt(ordered))),
    pValue: 2 * normalProbability(-Math.abs(net) / Math.sqrt(variance)),
    n,
  };
}

/** What equal numbers take from pairs, triples and the variance. */
function tieSums(ties: readonly number[]): {
  readonly pairs: number;
  readonly triples: number;
  readonly scatter: number;
} {
  const sum = (of: (count: number) => number): number => ties.reduce((total, count) => total + of(count), 0);
  return {
    pairs: sum((t) => (t * (t - 1)) / 2),
    triples: sum((t) => t * (t - 1) * (t - 2)),
    scatter: sum((t) => t * (t - 1) * (2 * t + 5)),
  };
}
