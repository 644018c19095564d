import { meanWithInterval, type MeanOptions, type MeanWithInterval } from "../core/statistics/meanWithInterval.js";
import type { Random } from "../core/random/Random.js";
import { topLabel } from "../core/metrics/topLabel.js";

/** How far mean confidence lies above accuracy: a `value` above 0 is overconfident. */
export interface ConfidenceGap extends MeanWithInterval {
  readonly meanConfidence: number;
  readonly accuracy: number;
  readonly margin: number;
  /** True where the whole interval lies within ±margin: at level 0.9 that is two one-sided tests at 5 % (TOST). */
  readonly equivalent: boolean;
  /** True below 2,000 rows: too few for a verdict. */
  readonly underpowered: boolean;
}

/**
 * Mean probability of the likeliest class minus the share of rows on which it is right. A gap near 0 is needed for
 * calibration and does not prove it: overconfidence here can make up for underconfidence there.
 *
 * @param labels         true class codes, shape [n]
 * @param probabilities  row-major, shape [n, classes], rows sum to 1
 * @param random         required; equal streams give equal intervals
 * @param options        2,000 draws of groups (by default of rows), level 0.9 for equivalence at 5 %, margin 0.02
 * @throws RangeError if lengths differ, a label is no code, rows are no probabilities, there are fewer than two
 *   groups, or the margin is not above 0
 * @see Schuirmann 1987, doi:10.1007/BF01068419 (two one-sided tests)
 */
export function confidenceGap(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  random: Random,
  { level = 0.9, margin = 0.02, ...options }: MeanOptions & { readonly margin?: number } = {},
): ConfidenceGap {
  if (!(margin > 0)) throw new RangeError(`confidenceGap: the margin must be above 0; got ${margin}`);
  const { probabilities: confidence, correct } = topLabel(labels, probabilities);
  const gap = meanWithInterval(
    confidence.map((probability, row) => probability - correct[row]),
    random,
    { ...options, level },
  );
  const accuracy = correct.reduce((sum, one) => sum + one, 0) / gap.n;
  const meanConfidence = confidence.reduce((sum, one) => sum + one, 0) / gap.n;
  return {
    ...gap,
    meanConfidence,
    accuracy,
    margin,
    equivalent: -margin < gap.interval.low && gap.interval.high < margin,
    underpowered: gap.n < 2000,
  };
}
