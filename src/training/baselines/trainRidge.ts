import { checkLevel } from "../../core/statistics/checkLevel.js";
import type { Matrix } from "../../core/Matrix.js";
import { type RidgeFit, type RidgeOptions, ridgeRegression } from "../../core/statistics/ridgeRegression.js";
import { studentQuantile } from "../../core/statistics/studentQuantile.js";
import { checkFeatureNames } from "../checkFeatureNames.js";
import type { NetworkPredictor } from "../networkPredictor.js";

/** Bounds of targets, row-major [rows, targets]. */
export interface TargetBounds {
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly level: number;
}

/** A linear model of each target: it predicts as a network does, with intervals besides. */
export interface RidgeModel extends Pick<NetworkPredictor, "targets" | "predictTargets"> {
  /** Names of the features, in the order of the coefficients. */
  readonly names: readonly string[];
  /** One per target: coefficients, their errors, and how many rows they rest on. */
  readonly fits: readonly RidgeFit[];
  /**
   * Prediction intervals for new rows of weight 1 (Student t: Seber and Lee 2003, doi:10.1002/9780471722199, section
   * 5.3; level 0.95 by default), unbounded for a row outside the span of the training rows. They hold where residuals
   * are about normal and of one variance, and know nothing of the bias that a penalty brings.
   */
  predictIntervals(features: Matrix, options?: { readonly level?: number }): TargetBounds;
}

/**
 * Ridge regression, one per target over the rows where that target is known.
 *
 * @param features     shape [rows, columns]; standardise them, for all coefficients bear one penalty
 * @param targets      row-major [rows, targetNames], NaN where unknown
 * @param targetNames  one per column of the targets, at least one
 * @param options.alpha    strength of the penalty (default 1); 0 gives least squares
 * @param options.weights  one per row, at least 0 (default 1 each)
 * @throws RangeError if lengths do not fit, or as ridgeRegression for a target
 */
export function trainRidge(
  features: Matrix,
  targets: ArrayLike<number>,
  targetNames: readonly string[],
  { alpha = 1, weights }: RidgeOptions = {},
): RidgeModel {
  const { rows, names } = features;
  const count = targetNames.length;
  if (count === 0) throw new RangeError("trainRidge: at least one target is needed; got no names");
  if (targets.length !== rows * count)
    throw new RangeError(
      `trainRidge: ${count} targets per row of the features are needed; got ${targets.length} numbers for ${rows} rows`,
    );
  const fits = targetNames.map((_, t) =>
    ridgeRegression(
      features,
      Float64Array.from({ length: rows }, (_, row) => targets[row * count + t]),
      { alpha, weights },
    ),
  );
  /** Columns by target become rows by row. */
  const together = (columns: readonly Float64Array[], numRows: number): Float64Array =>
    Float64Array.from({ length: numRows * count }, (_, i) => columns[i % count][Math.floor(i / count)]);
  const predictTargets = (some: Matrix): Float64Array => {
    checkFeatureNames(names, some, "trainRidge");
    return together(
      fits.map((fit) => fit.predict(some)),
      some.rows,
    );
  };
  return {
    names,
    fits,
    targets: targetNames,
    predictTargets,
    predictIntervals: (some, { level = 0.95 } = {}) => {
      checkLevel(level, "predictIntervals");
      const middle = predictTargets(some);
      const half = together(
        fits.map((fit) =>
          fit.predictionErrors(some).map((error) => error * studentQuantile((1 + level) / 2, fit.freedom)),
        ),
        some.rows,
      );
      return { low: middle.map((value, i) => value - half[i]), high: middle.map((value, i) => value + half[i]), level };
    },
  };
}
