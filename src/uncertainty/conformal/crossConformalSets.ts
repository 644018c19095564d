import { lowerBound } from "../../core/lowerBound.js";
import { checkCodes } from "../../core/metrics/checkCodes.js";
import { checkProbabilities } from "../../core/metrics/checkProbabilities.js";
import type { Random } from "../../core/random/Random.js";
import { classNonconformity, type ScoreRule } from "./classNonconformity.js";
import { crossPromise, type CrossPromise } from "./crossPromise.js";
import { conformalRank } from "./conformalRank.js";
import { collectSets, mostClasses } from "./labelSets.js";

/**
 * What a cross-validation says of its training rows: true class, probabilities by the model that had not seen the
 * row, and that model's fold.
 */
export interface OutOfFoldProbabilities {
  readonly labels: ArrayLike<number>;
  /** Row-major, shape [rows, classes]. */
  readonly probabilities: ArrayLike<number>;
  /** 0 .. folds - 1. */
  readonly foldOf: ArrayLike<number>;
}

/**
 * Sets of classes for new rows where data are too few to set calibration rows aside (CV+ for classification). A class
 * enters unless nearly all training rows fitted better than it does, each judged by the model that had not seen the
 * training row. The new rows need the probabilities of every fold's model: for one model refitted on all rows nothing
 * is proved. Rows must be exchangeable one by one.
 *
 * @param seen               training rows
 * @param foldProbabilities  for the new rows, by the model of each fold: [folds] of row-major [new rows, classes]
 * @param options            as of fitConformalSets; the promise is 1 - 2·alpha (see `atLeast`), not 1 - alpha
 * @param options.byClass    a class is held against training rows of its own alone (default false): then the sets of
 *   each class hold it as often as promised, of a rare one too. A class of fewer than 1/alpha - 1 training rows enters
 *   every set; of the promise its rows then say nothing.
 * @param random             makes "aps" and "raps" randomised
 * @returns one set per new row, bit k for class k, and the promise
 * @throws RangeError if alpha leaves (0, 1), rows are no probabilities, a label is no code, or lengths or folds do
 *   not fit
 * @see Romano, Sesia and Candès 2020, arXiv:2006.02544 (CV+); Vovk, Gammerman and Shafer 2005,
 *   doi:10.1007/b106715, section 4.5 (by class)
 */
export function crossConformalSets(
  { labels, probabilities, foldOf }: OutOfFoldProbabilities,
  foldProbabilities: readonly ArrayLike<number>[],
  {
    alpha,
    score = "lac",
    penalty = 0.01,
    freeRanks = 1,
    byClass = false,
  }: { readonly alpha: number; readonly byClass?: boolean } & Partial<Omit<ScoreRule, "randomised">>,
  random?: Random,
): CrossPromise & { readonly sets: Uint32Array } {
  const promise = crossPromise(foldOf, foldProbabilities.length, alpha, "crossConformalSets");
  if (labels.length !== promise.rows)
    throw new RangeError(
      `crossConformalSets: label and fold of each training row are needed; got ${labels.length} and ${promise.rows}`,
    );
  const classes = checkProbabilities(probabilities, labels.length, "crossConformalSets");
  checkCodes(labels, classes, "crossConformalSets");
  if (classes > mostClasses)
    throw new RangeError(
      `crossConformalSets: sets are kept in ${mostClasses} bits; got ${classes} classes; merge the rarest`,
    );
  const newRows = foldProbabilities[0].length / classes;
  const rule = { score, randomised: random !== undefined, penalty, freeRanks };
  const seen = classNonconformity(probabilities, classes, rule, random?.fork("training rows"));
  const better = new Uint32Array(newRows * classes);
  foldProbabilities.forEach((fold, k) => {
    if (fold.length !== better.length)
      throw new RangeError(
        "crossConformalSets: every fold must judge the same new rows; " +
          `fold ${k} has ${fold.length} probabilities, fold 0 ${better.length}`,
      );
    if (newRows > 0) checkProbabilities(fold, newRows, "crossConformalSets");
    const leftOf = (wanted: number | null): Float64Array =>
      Float64Array.from(
        Array.from(labels).flatMap((label, row) =>
          foldOf[row] === k && (wanted === null || label === wanted) ? [seen[row * classes + label]] : [],
        ),
      ).sort();
    const left = byClass ? Array.from({ length: classes }, (_, label) => leftOf(label)) : [leftOf(null)];
    // The same fork for every fold: a new row has one random number, whichever model judges it.
    classNonconformity(fold, classes, rule, random?.fork("new rows")).forEach(
      (one, at) => (better[at] += lowerBound(left[byClass ? at % classes : 0], one)),
    );
  });
  const ranks = Array.from({ length: classes }, (_, wanted) =>
    byClass ? conformalRank(Array.from(labels).filter((label) => label === wanted).length, alpha) : promise.rank,
  );
  return {
    ...promise,
    sets: collectSets(newRows, classes, (row, label) => better[row * classes + label] < ranks[label]),
  };
}
