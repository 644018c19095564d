import { Matrix, QrDecomposition } from "ml-matrix";

/**
 * Ordinary least squares with an intercept: QR decomposition, by ml-matrix.
 *
 * @param features  shape [n][p]
 * @param target    shape [n]
 * @returns intercept first, then one coefficient per feature, shape [p + 1]
 * @throws RangeError if there are fewer rows than coefficients, or features are collinear
 */
export function leastSquares(features: readonly (readonly number[])[], target: ArrayLike<number>): readonly number[] {
  const coefficients = (features[0]?.length ?? 0) + 1;
  if (features.length < coefficients) throw new RangeError(`leastSquares: ${coefficients} coefficients need at least as many rows; got ${features.length}`);
  const decomposition = new QrDecomposition(new Matrix(features.map((row) => [1, ...row])));
  if (!decomposition.isFullRank()) throw new RangeError("leastSquares: features must not be collinear; leave one of them out");
  return decomposition.solve(Matrix.columnVector(Array.from(target))).to1DArray();
}

/** Value of a fitted line or plane at one row of features. */
export function evaluateLinear([intercept, ...slopes]: readonly number[], features: readonly number[]): number {
  return slopes.reduce((total, slope, i) => total + slope * features[i], intercept);
}
