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
  /** How far off that model thought it might be, above 0; left out where models do not say. */
  readonly deviations?: ArrayLike<number>;
}

/** How sure intervals are, and how far off the models think they might be. */
export interface CrossConformalOptions {
  /** The promise is 1 - 2·alpha (see `atLeast`), not 1 - alpha. */
  readonly alpha: number;
  /** For the new rows, by the model of each fold, where the training rows have `deviations`: [folds][new rows]. */
  readonly foldDeviations?: readonly ArrayLike<number>[];
}

/**
 * Intervals for new rows where data are too few to set calibration rows aside: CV+, and with folds of one row each
 * the jackknife+. The ends are order statistics, over training rows, of the prediction for the new row by the model
 * that had not seen the training row, minus and plus that row's residual. Where models say how far off they might be,
 * residuals count in units of that, and limits are wider where models are less sure. Rows must be exchangeable one by
 * one: where they come in labs or batches, use fitConformalIntervals with groups.
 *
 * @param seen            training rows
 * @param foldPredictions for the new rows, by the model of each fold: shape [folds][new rows]
 * @throws RangeError if alpha leaves (0, 1), a number is not finite or a deviation not above 0 (row named), or lengths
 *   or folds do not fit
 * @see Barber et al. 2021, doi:10.1214/20-AOS1965; Lei et al. 2018, doi:10.1080/01621459.2017.1307116, section 5.2
 */
export function crossConformalIntervals(
  { truth, predictions, foldOf, deviations }: OutOfFold,
  foldPredictions: readonly ArrayLike<number>[],
  { alpha, foldDeviations }: CrossConformalOptions,
): PredictionIntervals & CrossPromise {
  const promise = crossPromise(foldOf, foldPredictions.length, alpha, "crossConformalIntervals");
  const { rank, rows } = promise;
  if (truth.length !== rows || predictions.length !== rows)
    throw new RangeError(
      "crossConformalIntervals: truth, prediction and fold of each training row are needed; " +
        `got ${truth.length}, ${predictions.length} and ${rows}`,
    );
  if ((deviations === undefined) !== (foldDeviations === undefined))
    throw new RangeError(
      "crossConformalIntervals: deviations are needed of training rows and of new rows, or of neither",
    );
  if (deviations !== undefined && foldDeviations !== undefined) {
    checkDeviations(deviations, rows, "training row");
    foldPredictions.forEach((fold, k) => {
      checkDeviations(foldDeviations[k] ?? [], fold.length, `fold ${k}, new row`);
    });
  }
  const residuals = Float64Array.from(
    { length: rows },
    (_, row) => Math.abs(truth[row] - predictions[row]) / (deviations?.[row] ?? 1),
  );
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
  const reach = (row: number, at: number): number => residuals[row] * (foldDeviations?.[foldOf[row]][at] ?? 1);
  for (let at = 0; at < newRows; at++) {
    for (let row = 0; row < rows; row++) ends[row] = foldPredictions[foldOf[row]][at] - reach(row, at);
    low[at] = ends.sort()[rows - rank];
    for (let row = 0; row < rows; row++) ends[row] = foldPredictions[foldOf[row]][at] + reach(row, at);
    high[at] = ends.sort()[rank - 1];
  }
  return { low, high, ...promise };
}

function checkDeviations(deviations: ArrayLike<number>, rows: number, what: string): void {
  if (deviations.length !== rows)
    throw new RangeError(`crossConformalIntervals: ${rows} deviations are needed by ${what}; got ${deviations.length}`);
  for (let row = 0; row < rows; row++)
    if (!(deviations[row] > 0 && deviations[row] < Infinity))
      throw new RangeError(
        `crossConformalIntervals: deviations must be above 0 and finite; ${what} ${row} has ${deviations[row]}`,
      );
}
