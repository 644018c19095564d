import { checkCodes } from "../../core/metrics/checkCodes.js";
import { checkProbabilities } from "../../core/metrics/checkProbabilities.js";
import type { Random } from "../../core/random/Random.js";
import { classNonconformity, type ScoreRule } from "./classNonconformity.js";
import { mostClasses } from "./labelSets.js";
import { stratifiedThresholds, type Stratum, type StratumThreshold } from "./stratifiedThresholds.js";

/** Fitted sets of classes: plain data that survives JSON. */
export interface ConformalSets {
  readonly classes: number;
  readonly alpha: number;
  readonly rule: ScoreRule;
  /** What the promise holds within: each class, each stratum of rows, or nothing smaller than all rows. */
  readonly within: "class" | "strata" | null;
  readonly thresholds: readonly StratumThreshold[];
}

export interface ConformalSetOptions {
  /** Share of rows whose set may miss the true class, in (0, 1). */
  readonly alpha: number;
  readonly score?: ScoreRule["score"];
  /** Of "raps" only, per place. */
  readonly penalty?: number;
  /** Of "raps" only: places without penalty. */
  readonly freeRanks?: number;
  /** "class": each class keeps the promise; one stratum per row: each stratum does. Default: all rows together. */
  readonly strata?: "class" | readonly Stratum[];
  /** Lab, batch or paper of each row, where the promise is for rows of new ones. */
  readonly groups?: readonly (string | number)[];
}

/**
 * Fits conformal sets: learns from calibration rows which classes belong into the set of a new row. The set holds the
 * true class with probability at least 1 - alpha, however wrong the model is (split conformal prediction).
 * Calibration rows must be untouched: not trained, tuned or temperature-scaled on, and not among the rows that
 * coverage is then measured on.
 *
 * Each threshold carries its promise and, where rows are too few for one, the number needed: it then lets every class
 * in.
 *
 * @param probabilities  of the calibration rows, row-major, shape [rows, classes], rows sum to 1
 * @param labels         their true class codes
 * @param options        score "lac", penalty 0.01, freeRanks 1
 * @param random         makes "aps" and "raps" randomised, one number per row; conformalSets then needs a stream too,
 *   another one
 * @throws RangeError if alpha leaves (0, 1), rows are no probabilities, a label is no code, there are over 32
 *   classes, or rows, strata and groups differ in number
 *
 * @example
 * ```ts
 * import { fitConformalSets } from "cspbbr3-twin";
 *
 * const labels = Array.from({ length: 20 }, (_, row) => Number(row % 5 === 0));
 * const probabilities = labels.flatMap((_, row) => [1 - row / 40, row / 40]);
 * const [{ value, rank, coverage }] = fitConformalSets(probabilities, labels, { alpha: 0.2 }).thresholds;
 * console.log(value, rank, coverage.atLeast);
 * // 0.625 17 0.8
 * ```
 */
export function fitConformalSets(
  probabilities: ArrayLike<number>,
  labels: ArrayLike<number>,
  { alpha, score = "lac", penalty = 0.01, freeRanks = 1, strata, groups }: ConformalSetOptions,
  random?: Random,
): ConformalSets {
  const classes = checkProbabilities(probabilities, labels.length, "fitConformalSets");
  checkCodes(labels, classes, "fitConformalSets");
  if (classes > mostClasses)
    throw new RangeError(
      `fitConformalSets: sets are kept in ${mostClasses} bits; got ${classes} classes; merge the rarest`,
    );
  const rule = { score, randomised: random !== undefined, penalty, freeRanks };
  const all = classNonconformity(probabilities, classes, rule, random);
  const scores = Float64Array.from(labels, (label, row) => all[row * classes + label]);
  const byClass = strata === "class";
  return {
    classes,
    alpha,
    rule,
    within: byClass ? "class" : strata === undefined ? null : "strata",
    thresholds: stratifiedThresholds(scores, {
      alpha,
      strata: byClass ? Array.from(labels) : strata,
      levels: byClass ? Array.from({ length: classes }, (_, k) => k) : undefined,
      groups,
    }),
  };
}
