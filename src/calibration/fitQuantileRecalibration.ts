import { checkPit } from "./checkPit.js";
import { polylineAt } from "./polylineAt.js";

/** Plain data: how often the truth lay at or below the quantile that the model calls `said`. */
export interface QuantileRecalibration {
  /** Ascending from 0 to 1. */
  readonly said: readonly number[];
  /** Ascending from 0 to 1. */
  readonly held: readonly number[];
}

/**
 * Quantile recalibration of any predictive distributions. It is the rising curve from probabilities said to shares
 * that held, through the sorted transforms of the calibrate rows. The i-th of n stands for i / (n + 1), which is
 * where the next one falls below it on average, also with few rows; equals share the mean of their places. Being
 * sorted, the curve needs no pooling.
 *
 * @param pit  probability that each forecast gave to values up to the true one (gaussianPit), in [0, 1], shape [n], n
 *   at least 2
 * @throws RangeError if a number leaves [0, 1] (row named), or there are fewer than 2
 * @see Kuleshov, Fenner and Ermon 2018, arXiv:1807.00263, algorithm 1
 */
export function fitQuantileRecalibration(pit: ArrayLike<number>): QuantileRecalibration {
  checkPit(pit, "fitQuantileRecalibration");
  const sorted = Float64Array.from(pit).sort();
  const [said, held] = [[0], [0]];
  for (let from = 0, to = 0; from < sorted.length; from = to) {
    while (to < sorted.length && sorted[to] === sorted[from]) to++;
    // Nothing lies below 0 or above 1: transforms rounded to the ends leave a jump there.
    if (sorted[from] === 0 || sorted[from] === 1) continue;
    said.push(sorted[from]);
    held.push((from + 1 + to) / 2 / (sorted.length + 1));
  }
  return { said: [...said, 1], held: [...held, 1] };
}

/**
 * Share that truly lies at or below the quantile of the model at `said`: a calibrated distribution function is this
 * of the model's.
 */
export function heldLevel({ said, held }: QuantileRecalibration, level: number): number {
  return polylineAt({ at: said, values: held }, level);
}

/**
 * Level to ask of the model, so that the truth lies at or below its quantile with probability `level`: the inverse of
 * heldLevel.
 */
export function levelToAsk({ said, held }: QuantileRecalibration, level: number): number {
  return polylineAt({ at: held, values: said }, level);
}
