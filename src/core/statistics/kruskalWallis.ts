import { averageRanks } from "./averageRanks.js";
import { checkNumbers } from "./checkNumbers.js";
import { chiSquareTail } from "./chiSquareTail.js";

/** Whether several samples lie alike, by ranks. */
export interface KruskalWallis {
  /** H, corrected for ties; null where all numbers are equal. */
  readonly statistic: number | null;
  readonly pValue: number | null;
  readonly freedom: number;
}

/**
 * Kruskal and Wallis's test of whether several samples of independent rows lie alike, by ranks.
 *
 * @param samples  at least 2, finite, of at least 1 number each
 * @throws InputError if there are too few, or a number is not finite
 * @see Kruskal and Wallis 1952, doi:10.1080/01621459.1952.10483441
 *
 * @example
 * ```ts
 * import { kruskalWallis } from "cspbbr3-twin";
 *
 * const { statistic, pValue } = kruskalWallis([[1, 2, 3], [4, 5, 6], [7, 8, 9]]);
 * console.log(statistic?.toFixed(2), pValue?.toFixed(4));
 * // 7.20 0.0273
 * ```
 */
export function kruskalWallis(samples: readonly ArrayLike<number>[]): KruskalWallis {
  checkNumbers(
    samples.map(({ length }) => length),
    "kruskalWallis, samples",
    2,
  );
  for (const values of samples) checkNumbers(values, "kruskalWallis", 1);
  const { ranks, ties } = averageRanks(samples.flatMap((values) => Array.from(values)));
  const n = ranks.length;
  const freedom = samples.length - 1;
  const correction = 1 - ties.reduce((sum, t) => sum + t ** 3 - t, 0) / (n ** 3 - n);
  if (!(correction > 0)) return { statistic: null, pValue: null, freedom };
  let [sum, at] = [0, 0];
  for (const { length } of samples) {
    sum += ranks.subarray(at, at + length).reduce((a, b) => a + b, 0) ** 2 / length;
    at += length;
  }
  const statistic = Math.max(0, ((12 * sum) / (n * (n + 1)) - 3 * (n + 1)) / correction);
  return { statistic, pValue: chiSquareTail(statistic, freedom), freedom };
}
