import { checkAlpha } from "./checkAlpha.js";
import { conformalRank, rowsNeeded } from "./conformalRank.js";

/** Where adaptive conformal prediction stands after some rows: plain data, to be stored between them. */
export interface AdaptiveState {
  /** Share that may be missed in the long run. */
  readonly target: number;
  /** Step, gamma in the paper: larger follows drift faster and jumps more. */
  readonly step: number;
  /** Level in use for the next row. It may leave [0, 1]: at 0 or below everything enters, at 1 or above nothing. */
  readonly alpha: number;
  readonly rows: number;
  readonly missed: number;
}

/**
 * Starts adaptive conformal prediction, for rows that come one after another and drift. After each row whose truth is
 * known, alpha falls if the row was missed and rises a little if it was covered.
 *
 * @param options.alpha  share that may be missed in the long run, in (0, 1)
 * @param options.step   above 0 (default 0.005)
 * @throws RangeError if alpha leaves (0, 1) or the step is not above 0
 * @see Gibbs and Candès 2021, arXiv:2106.00170
 */
export function startAdaptive({
  alpha,
  step = 0.005,
}: {
  readonly alpha: number;
  readonly step?: number;
}): AdaptiveState {
  checkAlpha(alpha, "startAdaptive");
  if (!(step > 0 && step < Infinity)) throw new RangeError(`startAdaptive: step must be above 0; got ${step}`);
  return { target: alpha, step, alpha, rows: 0, missed: 0 };
}

/** State of adaptive conformal prediction after one more row, covered or missed. */
export function adapt({ target, step, alpha, rows, missed }: AdaptiveState, covered: boolean): AdaptiveState {
  return {
    target,
    step,
    alpha: alpha + step * (target - (covered ? 0 : 1)),
    rows: rows + 1,
    missed: missed + (covered ? 0 : 1),
  };
}

/**
 * Largest nonconformity score that enters for the next row, from those of earlier rows. It is ∞ where alpha is 0 or
 * less, or too small for so few scores; -∞ where it is 1 or more.
 */
export function adaptiveThreshold({ alpha }: AdaptiveState, earlier: ArrayLike<number>): number {
  if (alpha >= 1) return -Infinity;
  if (alpha <= 0 || earlier.length < rowsNeeded(alpha)) return Infinity;
  return Float64Array.from(earlier).sort()[conformalRank(earlier.length, alpha) - 1];
}

/**
 * How far the share missed so far can lie from the target, whatever the rows were: (max(target, 1 - target) + step) /
 * (step · rows). Nothing about the next row alone follows; without drift, split conformal prediction says more.
 */
export function adaptiveBound({ target, step, rows }: AdaptiveState): number {
  return rows === 0 ? 1 : Math.min(1, (Math.max(target, 1 - target) + step) / (step * rows));
}
