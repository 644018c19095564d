import { Matrix as Dense, QrDecomposition, SVD } from "ml-matrix";
import type { Matrix } from "../Matrix.js";
import { rowWeights } from "./rowWeights.js";

/** Directions of the features whose singular value is below this share of the largest hold rounding error only. */
const negligible = 1e-10;
/**
 * What lies in the span of the training rows sticks out of it
 * by less than this share of its length: features are float32.
 */
const stickingOut = 1e-5;
/** A leverage this close to 1: the row alone decides its own fit. */
const ownFit = 1e-10;

/** A fitted line or plane with what is known of its uncertainty. */
export interface RidgeFit {
  /** Intercept first, then one per feature. */
  readonly coefficients: Float64Array;
  /**
   * Of the coefficients, under errors of equal variance (of variance
   * 1/weight); null where collinear features leave a coefficient open.
   */
  readonly standardErrors: readonly (number | null)[];
  /** The same under errors of any variance (HC3); null too where one row alone decides its own fit. */
  readonly robustErrors: readonly (number | null)[];
  /** Rows that were fitted: target known, weight above 0. */
  readonly rows: number;
  /** Directions in which the features vary, plus one for the intercept. */
  readonly rank: number;
  /** Rows less what the fit used up: n - tr(2H - HHᵀ); without penalty n - rank. */
  readonly freedom: number;
  /** Weighted squares of residuals over freedom. */
  readonly residualVariance: number;
  /** Predicted targets, shape [rows]. */
  predict(features: Matrix): Float64Array;
  /**
   * Standard deviations of new targets of weight 1 about their predictions,
   * shape [rows]; Infinity for a row outside the span of the training rows.
   */
  predictionErrors(features: Matrix): Float64Array;
}

/** Strength of the penalty of ridgeRegression, and weights of rows. */
export interface RidgeOptions {
  /** Strength of the penalty, at least 0 (default 0). */
  readonly alpha?: number;
  /** One per row, at least 0 (default 1 each). */
  readonly weights?: ArrayLike<number>;
}

/**
 * Linear regression with a penalty: minimises Σ weight · (y - b₀ - x·b)² + alpha · Σ b², the
 * intercept free (the objective of scikit-learn's Ridge). By singular value decomposition
 * (ml-matrix): with alpha 0 it is ordinary or weighted least squares, and where features are
 * collinear, as one-hot columns always are, the shortest b of all best ones.
 *
 * Errors take the penalty as given: they tell the scatter of
 * the shrunken coefficients, not how far shrinking moved them.
 *
 * @param features  finite where the target is known, shape [rows, columns]; standardise them, for all bear one penalty
 * @param target    shape [rows], NaN where unknown: such rows take no part
 * @throws RangeError if lengths do not fit, a target is infinite, a feature is not finite (row and column named),
 *   alpha or a weight is negative, or so few targets are known that nothing is left to judge the scatter by
 * @see Cule et al. 2011, doi:10.1186/1471-2105-12-372, errors and degrees of
 *   freedom; MacKinnon and White 1985, doi:10.1016/0304-4076(85)90158-7, HC3
 */
export function ridgeRegression(
  features: Matrix,
  target: ArrayLike<number>,
  { alpha = 0, weights }: RidgeOptions = {},
): RidgeFit {
  if (!(alpha >= 0 && alpha < Infinity))
    throw new RangeError(`ridgeRegression: alpha must be at least 0 and finite; got ${alpha}`);
  const { known, weight } = knownRows(features, target, weights);
  const whole = weight.reduce((a, b) => a + b);
  const root = weight.map(Math.sqrt);
  const points = known.map((row) => rowOf(features, row));
  const centre = features.names.map((_, j) => points.reduce((sum, point, i) => sum + weight[i] * point[j], 0) / whole);
  const targetCentre = known.reduce((sum, row, i) => sum + weight[i] * target[row], 0) / whole;
  const design = new Dense(points.map((point, i) => point.map((value, j) => root[i] * (value - centre[j]))));
  const response = Dense.columnVector(known.map((row, i) => root[i] * (target[row] - targetCentre)));

  const { left, singular, right } = directions(design);
  const kept = singular.map((s) => s ** 2 / (s ** 2 + alpha));
  const freedom = known.length - 1 - kept.reduce((sum, share) => sum + share * (2 - share), 0);
  if (!(freedom > 1e-6))
    throw new RangeError(
      "ridgeRegression: more known targets than coefficients are needed; " +
        `got ${known.length} for ${singular.length + 1}; leave features out`,
    );
  // From the response along each direction to the slopes, shape [columns, directions].
  const toSlopes = right.mmul(Dense.diag(singular.map((s) => s / (s ** 2 + alpha))));
  const perDirection = toSlopes.transpose().to2DArray();
  const slopes = toSlopes.mmul(left.transpose().mmul(response)).to1DArray();
  const coefficients = Float64Array.of(targetCentre - dot(slopes, centre), ...slopes);
  const residuals = Dense.sub(response, design.mmul(Dense.columnVector(slopes))).to1DArray();
  const residualVariance = dot(residuals, residuals) / freedom;

  // What a unit of each row's response adds to each coefficient.
  const gains = left
    .mmul(toSlopes.transpose())
    .to2DArray()
    .map((gain, i) => [root[i] / whole - dot(gain, centre), ...gain]);
  const isOpen = outsideSpan(right);
  const open = [
    isOpen(centre, Math.hypot(...centre)),
    ...centre.map((_, j) =>
      isOpen(
        centre.map((_, l) => (l === j ? 1 : 0)),
        1,
      ),
    ),
  ];
  const errorsOf = (variances: readonly number[]): (number | null)[] =>
    open.map((unknown, j) =>
      unknown ? null : Math.sqrt(gains.reduce((sum, gain, i) => sum + gain[j] ** 2 * variances[i], 0)),
    );
  const unexplained = residuals.map(
    (_, i) => 1 - weight[i] / whole - kept.reduce((sum, share, k) => sum + share * left.get(i, k) ** 2, 0),
  );
  return {
    coefficients,
    standardErrors: errorsOf(residuals.map(() => residualVariance)),
    robustErrors: unexplained.some((share) => share < ownFit)
      ? open.map(() => null)
      : errorsOf(residuals.map((residual, i) => (residual / unexplained[i]) ** 2)),
    rows: known.length,
    rank: singular.length + 1,
    freedom,
    residualVariance,
    predict: (some) =>
      Float64Array.from({ length: some.rows }, (_, row) => coefficients[0] + dot(slopes, rowOf(some, row))),
    predictionErrors: (some) =>
      Float64Array.from({ length: some.rows }, (_, row) => {
        const point = rowOf(some, row);
        const offset = point.map((value, j) => value - centre[j]);
        if (isOpen(offset, Math.hypot(...point) + Math.hypot(...centre))) return Infinity;
        return Math.sqrt(
          residualVariance *
            (1 + 1 / whole + perDirection.reduce((sum, direction) => sum + dot(direction, offset) ** 2, 0)),
        );
      }),
  };
}

function knownRows(
  { rows, columns, values, names }: Matrix,
  target: ArrayLike<number>,
  weights: ArrayLike<number> | undefined,
): { readonly known: readonly number[]; readonly weight: readonly number[] } {
  if (target.length !== rows)
    throw new RangeError(`ridgeRegression: one target per row is needed; got ${target.length} for ${rows} rows`);
  const given = rowWeights(weights, rows, "ridgeRegression");
  const known = Array.from({ length: rows }, (_, row) => row).filter(
    (row) => given[row] > 0 && !Number.isNaN(target[row]),
  );
  for (const row of known) {
    if (!Number.isFinite(target[row]))
      throw new RangeError(
        `ridgeRegression: targets must be finite, or NaN where unknown; row ${row} has ${target[row]}`,
      );
    const strange = names.findIndex((_, j) => !Number.isFinite(values[row * columns + j]));
    if (strange >= 0)
      throw new RangeError(
        `ridgeRegression: features must be finite; row ${row}, column ${names[strange]} ` +
          `has ${values[row * columns + strange]}; impute or drop the row first`,
      );
  }
  if (known.length < 3)
    throw new RangeError(
      `ridgeRegression: at least 3 rows with a known target and a weight above 0 are needed; got ${known.length}`,
    );
  return { known, weight: known.map((row) => given[row]) };
}

function rowOf({ columns, values }: Matrix, row: number): number[] {
  return Array.from(values.subarray(row * columns, (row + 1) * columns));
}

/**
 * Singular value decomposition without the directions in which nothing varies. Of many rows,
 * that of R of their QR decomposition: it has the same values and right vectors, and is small.
 */
function directions(design: Dense): {
  readonly left: Dense;
  readonly singular: readonly number[];
  readonly right: Dense;
} {
  const small = design.rows > design.columns ? new QrDecomposition(design).upperTriangularMatrix : design;
  const { diagonal, rightSingularVectors } = new SVD(small, { autoTranspose: true });
  const singular = diagonal.filter((value) => value > negligible * diagonal[0]);
  const right = new Dense(rightSingularVectors.to2DArray().map((row) => row.slice(0, singular.length)));
  return { left: design.mmul(right).mmul(Dense.diag(singular.map((s) => 1 / s))), singular, right };
}

/**
 * Whether a vector sticks out of the space that orthonormal columns
 * span, by more than the rounding of points of such a length.
 */
function outsideSpan(right: Dense): (vector: readonly number[], length: number) => boolean {
  const basis = right.to2DArray();
  return (vector, length) => {
    const inside = (basis[0] ?? []).map((_, k) => basis.reduce((sum, row, j) => sum + row[k] * vector[j], 0));
    return Math.hypot(...vector.map((value, j) => value - dot(basis[j], inside))) > stickingOut * length;
  };
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
