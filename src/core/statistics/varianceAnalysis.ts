import { checkNumbers } from "./checkNumbers.js";
import { fisherTail } from "./incompleteBeta.js";
import { sampleMoments } from "./sampleMoments.js";

/** Whether several samples have one mean (or, of Levene's, one spread). */
export interface FisherTest {
  /** F; null where nothing varies within samples. */
  readonly statistic: number | null;
  readonly pValue: number | null;
  /** Degrees of freedom between and within samples. */
  readonly between: number;
  readonly within: number;
}

/**
 * Analysis of variance: whether the means of several samples of independent rows differ (Fisher's F).
 *
 * @param samples  at least 2, finite, of at least 2 numbers each
 * @throws InputError if there are too few, or a number is not finite
 *
 * @example
 * ```ts
 * import { varianceAnalysis } from "cspbbr3-twin";
 *
 * const { statistic, pValue } = varianceAnalysis([[1, 2, 3], [2, 3, 4], [5, 6, 7]]);
 * console.log(statistic?.toFixed(2), pValue?.toFixed(4));
 * // 13.00 0.0066
 * ```
 */
export function varianceAnalysis(samples: readonly ArrayLike<number>[]): FisherTest {
  checkNumbers(
    samples.map(({ length }) => length),
    "varianceAnalysis, samples",
    2,
  );
  for (const values of samples) checkNumbers(values, "varianceAnalysis", 2);
  const moments = samples.map(sampleMoments);
  const rows = moments.reduce((sum, { n }) => sum + n, 0);
  const centre = moments.reduce((sum, { n, mean }) => sum + n * mean, 0) / rows;
  const [between, within] = [samples.length - 1, rows - samples.length];
  const among = moments.reduce((sum, { n, mean }) => sum + n * (mean - centre) ** 2, 0) / between;
  const inside = moments.reduce((sum, { n, variance }) => sum + (n - 1) * variance, 0) / within;
  if (inside === 0) return { statistic: null, pValue: null, between, within };
  return { statistic: among / inside, pValue: fisherTail(among / inside, between, within), between, within };
}
