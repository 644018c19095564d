/** Errors of predicted numbers; all but R² and explained variance in the unit of the target, or as a share. */
export interface RegressionErrors {
  /**
   * 1 - squared error over the scatter about the mean: 1 perfect, 0 as
   * good as the mean, negative worse; null where the truth is constant.
   */
  readonly r2: number | null;
  /** Mean absolute error. */
  readonly mae: number;
  /** Root of the mean squared error. */
  readonly rmse: number;
  /** Median absolute error. */
  readonly medae: number;
  /** Mean absolute error as a share of the true value; null where one of them is 0. */
  readonly mape: number | null;
  /** R² after a constant offset of the predictions is forgiven; null where the truth is constant. */
  readonly explainedVariance: number | null;
  /** Largest absolute error. */
  readonly maxError: number;
  readonly n: number;
}

/**
 * Errors of predicted numbers: how far they lie from the truth, and how much better they are than its mean.
 *
 * @param truth        shape [n], n at least 1, finite
 * @param predictions  shape [n], finite
 * @throws RangeError if lengths differ or are 0, or a number is not finite (row named)
 */
export function regressionErrors(truth: ArrayLike<number>, predictions: ArrayLike<number>): RegressionErrors {
  const n = truth.length;
  if (n === 0 || predictions.length !== n)
    throw new RangeError(
      `regressionErrors: one prediction per true value is needed, and at least one; got ${predictions.length} for ${n}`,
    );
  for (let row = 0; row < n; row++) {
    if (!(Number.isFinite(truth[row]) && Number.isFinite(predictions[row])))
      throw new RangeError(
        `regressionErrors: numbers must be finite; row ${row} has truth ${truth[row]}, ` +
          `prediction ${predictions[row]}; leave such rows out and say how many`,
      );
  }
  const errors = Float64Array.from({ length: n }, (_, row) => truth[row] - predictions[row]);
  const absolute = errors.map(Math.abs).sort();
  const values = Float64Array.from(truth);
  const scatter = sumOfSquares(values, mean(values));
  // Rounding leaves some scatter about the mean even where all values are one.
  const isConstant = values.every((value) => value === values[0]);
  const middle = Math.floor(n / 2);
  return {
    r2: isConstant ? null : 1 - sumOfSquares(errors, 0) / scatter,
    mae: mean(absolute),
    rmse: Math.sqrt(sumOfSquares(errors, 0) / n),
    medae: n % 2 === 1 ? absolute[middle] : (absolute[middle - 1] + absolute[middle]) / 2,
    mape: values.includes(0) ? null : mean(errors.map((error, row) => Math.abs(error / values[row]))),
    explainedVariance: isConstant ? null : 1 - sumOfSquares(errors, mean(errors)) / scatter,
    maxError: absolute[n - 1],
    n,
  };
}

function mean(values: Float64Array): number {
  return values.reduce((a, b) => a + b) / values.length;
}

function sumOfSquares(values: Float64Array, about: number): number {
  return values.reduce((sum, value) => sum + (value - about) ** 2, 0);
}
