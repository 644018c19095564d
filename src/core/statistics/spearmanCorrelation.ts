import { averageRanks } from "./averageRanks.js";
import { checkPairs } from "./checkNumbers.js";
import { type Correlation, correlationOf, type CorrelationOptions, productMoment } from "./pearsonCorrelation.js";

/**
 * Spearman's correlation of ranks, equal numbers sharing the mean of theirs, with Bonett and Wright's interval. Where
 * rows come in groups the interval is that of groupInterval, and there is no p.
 *
 * @param first,second  finite, shape [n], n at least 4
 * @param options       level 0.95; `groups` with `random`: whole groups are drawn or left out, on Fisher's scale
 * @returns without a value, and with the reason, where a column does not vary
 * @throws InputError if a number is not finite, or lengths differ
 * @see Bonett and Wright 2000, doi:10.1007/BF02294183 (atanh r scatters by √((1 + r²/2) / (n - 3)))
 *
 * @example
 * ```ts
 * import { seededRandom, spearmanCorrelation } from "cspbbr3-twin";
 *
 * const [size, peak] = [[4, 5, 6, 7, 8, 9, 10, 11], [470, 480, 495, 490, 505, 510, 512, 511]];
 * const papers = ["a", "a", "b", "b", "c", "c", "d", "d"];
 * const rows = spearmanCorrelation(size, peak);
 * const byPaper = spearmanCorrelation(size, peak, { groups: papers, random: seededRandom(1), unit: "paper" });
 * console.log(rows.value?.toFixed(3), rows.interval?.low.toFixed(2), byPaper.interval?.low.toFixed(2));
 * // 0.952 0.66 0.05
 * ```
 */
export function spearmanCorrelation(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  options: CorrelationOptions = {},
): Correlation {
  checkPairs(first, second, "spearmanCorrelation", 4);
  const ranksOf = (values: ArrayLike<number>, rows: Uint32Array): Float64Array =>
    averageRanks(Float64Array.from(rows, (row) => values[row])).ranks;
  return correlationOf((rows) => productMoment(ranksOf(first, rows), ranksOf(second, rows)), first.length, options, {
    where: "spearmanCorrelation",
    scatter: (r) => 1 + r ** 2 / 2,
    by: "Bonett and Wright",
  });
}
