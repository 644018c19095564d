import { Matrix, QrDecomposition } from "ml-matrix";

/**
 * A column that lies this close to the span of those before it, relative to its own length, adds rounding error only.
 */
const collinear = 1e-10;

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
  if (features.length < coefficients)
    throw new RangeError(
      `leastSquares: ${coefficients} coefficients need at least as many rows; got ${features.length}`,
    );
  const design = new Matrix(features.map((row) => [1, ...row]));
  const decomposition = new QrDecomposition(design);
  // The diagonal of R is that distance. ml-matrix's own isFullRank asks for an exact 0, which rounding never leaves.
  const distances = decomposition.upperTriangularMatrix.diagonal();
  if (distances.some((distance, column) => Math.abs(distance) <= collinear * design.getColumnVector(column).norm()))
    throw new RangeError("leastSquares: features must not be collinear; leave one of them out");
  return decomposition.solve(Matrix.columnVector(Array.from(target))).to1DArray();
}

/** Value of a fitted line or plane at one row of features. */
export function evaluateLinear([intercept, ...slopes]: readonly number[], features: readonly number[]): number {
  return slopes.reduce((total, slope, i) => total + slope * features[i], intercept);
}
