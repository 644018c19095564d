import { accuracy } from "../core/metrics/accuracy.js";
import type { Fold } from "../core/Fold.js";
import { argmax } from "../core/metrics/argmax.js";
import { logLoss } from "../core/metrics/logLoss.js";
import { type Matrix, selectMatrixRows } from "../core/Matrix.js";
import type { Estimate } from "../core/statistics/Estimate.js";
import { nadeauBengio } from "../core/statistics/nadeauBengio.js";
import type { Predictor } from "../core/Predictor.js";
import { outOfFoldPredictions } from "./outOfFoldPredictions.js";

/** What one round of a cross-validation gave on the rows that its model had not seen. */
export interface RoundScore {
  /** From 0. */
  readonly repeat: number;
  readonly fold: string;
  readonly accuracy: number;
  /** Nats. */
  readonly logLoss: number;
}

/** Scores of a cross-validation, round by round and on average. */
export interface CrossValidation {
  readonly rounds: readonly RoundScore[];
  /** Means over rounds with Nadeau-Bengio intervals. */
  readonly accuracy: Estimate;
  readonly logLoss: Estimate;
  /** By repeat: probabilities of every row by the model that had not seen it, row-major [rows, classes]. */
  readonly outOfFold: readonly Float64Array[];
}

/**
 * Cross-validation of a classifier, repeated or not: every round trains without its test rows and is scored on them.
 *
 * @param repeats  folds of each repeat; within one, every row of the data is tested exactly once
 * @param train    trains one predictor per fold, in the order given, on the fold's train rows alone; all at once, so
 *   that it may use threads
 * @throws RangeError as outOfFoldPredictions; if there are fewer than two rounds, or `train` gives another number of
 *   predictors
 */
export async function crossValidate(
  repeats: readonly (readonly Fold[])[],
  { features, labels }: { readonly features: Matrix; readonly labels: ArrayLike<number> },
  train: (folds: readonly Fold[]) => Promise<readonly Predictor[]>,
): Promise<CrossValidation> {
  const folds = repeats.flat();
  const predictors = await train(folds);
  if (predictors.length !== folds.length)
    throw new RangeError(
      `crossValidate: train must give one predictor for each of ${folds.length} folds; got ${predictors.length}`,
    );
  const outOfFold: Float64Array[] = [];
  const rounds: RoundScore[] = [];
  for (const [repeat, own] of repeats.entries()) {
    const first = rounds.length;
    const probabilities = own.map(({ test }, i) => predictors[first + i].predict(selectMatrixRows(features, test)));
    const predicted = new Map(own.map(({ test }, i) => [test, probabilities[i]]));
    outOfFold.push(
      await outOfFoldPredictions(own, features.rows, (_, test) => predicted.get(test)!, {
        width: predictors[first].classes.length,
      }),
    );
    own.forEach(({ name, test }, i) => {
      const truth = Array.from(test, (row) => labels[row]);
      const width = predictors[first + i].classes.length;
      rounds.push({
        repeat,
        fold: name,
        accuracy: accuracy(truth, argmax(probabilities[i], width)),
        logLoss: logLoss(truth, probabilities[i]),
      });
    });
  }
  const ratio = folds.reduce((sum, fold) => sum + fold.test.length / fold.train.length, 0) / folds.length;
  return {
    rounds,
    accuracy: nadeauBengio(
      rounds.map((round) => round.accuracy),
      { ratio },
    ),
    logLoss: nadeauBengio(
      rounds.map((round) => round.logLoss),
      { ratio },
    ),
    outOfFold,
  };
}
