import { checkGaussians } from "../core/metrics/checkGaussians.js";
import type { Interval } from "../core/statistics/Interval.js";
import { meanWithInterval, type MeanOptions } from "../core/statistics/meanWithInterval.js";
import type { Random } from "../core/random/Random.js";

/** Plain data: a calibrated sigma is `factor` times the predicted one. */
export interface SigmaScale {
  /** Above 1: the model was overconfident. */
  readonly factor: number;
  readonly interval: Interval;
  readonly n: number;
  /** Groups that the rows come in, which are what the interval draws. */
  readonly groups: number;
}

/**
 * Variance scaling of normal forecasts: the one factor on all sigmas that makes the truth likeliest, the root mean
 * square of the standardised errors. Fit it on the calibrate rows.
 *
 * @param truth   shape [n], finite, n at least 2
 * @param means   shape [n], finite
 * @param sigmas  shape [n], above 0
 * @param random  required; for the bootstrap interval
 * @param options 2,000 draws of groups (by default of rows), level 0.95
 * @throws RangeError if lengths differ, a number does not fit (row named), there are fewer than two groups, or every
 *   error is 0
 * @see Laves et al. 2020, arXiv:2006.09914 (sigma scaling)
 */
export function fitSigmaScale(
  truth: ArrayLike<number>,
  means: ArrayLike<number>,
  sigmas: ArrayLike<number>,
  random: Random,
  options: MeanOptions = {},
): SigmaScale {
  checkGaussians(truth, means, sigmas, "fitSigmaScale");
  const squares = Float64Array.from(
    { length: truth.length },
    (_, row) => ((truth[row] - means[row]) / sigmas[row]) ** 2,
  );
  const { value, interval, n, groups } = meanWithInterval(squares, random, options);
  if (value === 0)
    throw new RangeError(
      `fitSigmaScale: at least one error must differ from 0; all ${n} are 0; were these rows trained on?`,
    );
  return {
    factor: Math.sqrt(value),
    interval: { ...interval, low: Math.sqrt(Math.max(0, interval.low)), high: Math.sqrt(interval.high) },
    n,
    groups,
  };
}
