import {
  intervalBase,
  intervalNonconformity,
  type IntervalKind,
  type IntervalSide,
  type RegressionOutput,
} from "./intervalNonconformity.js";
import { stratifiedThresholds, type Stratum, type StratumThreshold } from "./stratifiedThresholds.js";

/**
 * Fitted intervals: plain data that survives JSON. Thresholds are in the unit of the target, or in spreads where
 * "normalised".
 */
export interface ConformalIntervals {
  readonly kind: IntervalKind;
  readonly side: IntervalSide;
  readonly alpha: number;
  readonly within: "strata" | null;
  readonly thresholds: readonly StratumThreshold[];
}

export interface ConformalIntervalOptions {
  /** Share of rows whose interval may miss the true value, in (0, 1). */
  readonly alpha: number;
  readonly side?: IntervalSide;
  /** Stratum of each row, where each must keep the promise. */
  readonly strata?: readonly Stratum[];
  /** Lab, batch or paper of each row, where the promise is for rows of new ones. */
  readonly groups?: readonly (string | number)[];
}

/**
 * Fits conformal intervals: learns from calibration rows how far an interval must reach to hold the truth of a new
 * row. It does so with probability at least 1 - alpha, however wrong the regression is. From a centre the intervals
 * are equally wide, with a spread they widen with it, and quantiles are moved out or in (conformalised quantile
 * regression, CQR). Calibration rows must be untouched by training and tuning, and not among the rows that coverage
 * is then measured on.
 *
 * @param output   of the regression for the calibration rows, in the unit of the target
 * @param truth    their true values
 * @param options  side "both"
 * @throws RangeError if alpha leaves (0, 1), a number is not finite, a spread is not above 0, or lengths differ (row
 *   named)
 * @see Lei et al. 2018, doi:10.1080/01621459.2017.1307116; Romano, Patterson and Candès 2019, arXiv:1905.03222 (CQR)
 */
export function fitConformalIntervals(
  output: RegressionOutput,
  truth: ArrayLike<number>,
  { alpha, side = "both", strata, groups }: ConformalIntervalOptions,
): ConformalIntervals {
  const base = intervalBase(output, "fitConformalIntervals");
  const scores = intervalNonconformity(base, truth, side, "fitConformalIntervals");
  return {
    kind: base.kind,
    side,
    alpha,
    within: strata === undefined ? null : "strata",
    thresholds: stratifiedThresholds(scores, { alpha, strata, groups }),
  };
}
