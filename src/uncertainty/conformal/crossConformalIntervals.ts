import type { PredictionIntervals } from "./conformalIntervals.js";
import { crossPromise, type CrossPromise } from "./crossPromise.js";

/**
 * What a cross-validation says of its training rows: truth, prediction by the model that had not seen the row, and
 * that model's fold.
 */
export interface OutOfFold {
  readonly truth: ArrayLike<number>;
  /** Unit of the target. */
  readonly predictions: ArrayLike<number>;
  /** 0 .. folds - 1. */
  readonly foldOf: ArrayLike<number>;
}

/**
 * Intervals for new rows where data are too few to set calibration rows aside: CV+, and with folds of one row each
 * the jackknife+. The ends are order statistics, over training rows, of the prediction for the new row by the model
 * that had not seen the training row, minus and plus that row's residual. Rows must be exchangeable one by one: where
 * they come in labs or batches, use fitConformalIntervals with groups.
 *
 * @param seen            training rows
 * @param foldPredictions for the new rows, by the model of each fold: shape [folds][new rows]
 * @param options.alpha   the promise is 1 - 2·alpha (see `atLeast`), not 1 - alpha
 * @throws RangeError if alpha leaves (0, 1), a number is not finite (row named), or lengths or folds do not fit
 * @see Barber et al. 2021, doi:10.1214/20-AOS1965
 */
export function crossConformalIntervals(
  { truth, predictions, foldOf }: OutOfFold,
  foldPredictions: readonly ArrayLike<number>[],
  { alpha }: { readonly alpha: number },
): PredictionIntervals & CrossPromise {
  const promise = crossPromise(foldOf, foldPredictions.length, alpha, "crossConformalIntervals");
  const { rank, rows } = promise;
  if (truth.length !== rows || predictions.length !== rows)
    throw new RangeError(
      "crossConformalIntervals: truth, prediction and fold of each training row are needed; " +
        `got ${truth.length}, ${predictions.length} and ${rows}`,
    );
  const residuals = Float64Array.from({ length: rows }, (_, row) => Math.abs(truth[row] - predictions[row]));
  const bad = residuals.findIndex((residual) => !Number.isFinite(residual));
  if (bad >= 0)
    throw new RangeError(
      `crossConformalIntervals: numbers must be finite; training row ${bad} has truth ${truth[bad]}, prediction ` +
        `${predictions[bad]}`,
    );
  const newRows = foldPredictions[0].length;
  foldPredictions.forEach((fold, k) => {
    if (fold.length !== newRows)
      throw new RangeError(
        "crossConformalIntervals: every fold must predict the same new rows; " +
          `fold ${k} predicts ${fold.length}, fold 0 ${newRows}`,
      );
    for (let row = 0; row < newRows; row++)
      if (!Number.isFinite(fold[row]))
        throw new RangeError(
          `crossConformalIntervals: predictions must be finite; fold ${k}, new row ${row} has ${fold[row]}`,
        );
  });
  const low = new Float64Array(newRows).fill(-Infinity);
  const high = new Float64Array(newRows).fill(Infinity);
  if (rank > rows) return { low, high, ...promise };
  const ends = new Float64Array(rows);
  for (let at = 0; at < newRows; at++) {
    for (let row = 0; row < rows; row++) ends[row] = foldPredictions[foldOf[row]][at] - residuals[row];
    low[at] = ends.sort()[rows - rank];
    for (let row = 0; row < rows; row++) ends[row] = foldPredictions[foldOf[row]][at] + residuals[row];
    high[at] = ends.sort()[rank - 1];
  }
  return { low, high, ...promise };
}
