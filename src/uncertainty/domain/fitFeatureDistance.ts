import { Matrix as Dense, EigenvalueDecomposition } from "ml-matrix";
import { checkFinite, type Matrix } from "../../core/Matrix.js";
import { checkCodes } from "../../core/metrics/checkCodes.js";
import type { FeatureDistance } from "./featureDistances.js";
import { turnRow, turnsOf } from "./turnRow.js";

/**
 * Mahalanobis distance from class means with one covariance for all classes, shrunk by Ledoit and Wolf's share, which
 * the rows decide: the fewer, the more. Where a classifier's probabilities may be sure of anything far out, this one
 * grows. featureDistances applies it.
 *
 * @param features  of training rows, standardised; or hidden units of a network
 * @param labels    class codes, shape [rows]
 * @param classes   number of classes; those without rows are left out
 * @throws RangeError if there are fewer than two rows, a feature is not finite, a label is no code, or no feature
 *   varies within a class
 * @see Lee et al. 2018, arXiv:1807.03888; Ledoit and Wolf 2004, doi:10.1016/S0047-259X(03)00096-4
 */
export function fitFeatureDistance(features: Matrix, labels: ArrayLike<number>, classes: number): FeatureDistance {
  const { rows, columns, values, names } = features;
  if (rows < 2 || labels.length !== rows)
    throw new RangeError(
      "fitFeatureDistance: at least two rows and one label for each are needed; " +
        `got ${rows} rows and ${labels.length} labels`,
    );
  checkFinite("fitFeatureDistance", features);
  checkCodes(labels, classes, "fitFeatureDistance");
  const means = classMeans(features, labels, classes);
  const residuals = Float64Array.from(
    { length: rows * columns },
    (_, i) => values[i] - means[labels[Math.floor(i / columns)]]![i % columns],
  );
  const { covariance, shrinkage } = shrunkCovariance(residuals, columns);
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(covariance, { assumeSymmetric: true });
  const floor = 1e-12 * Math.max(...realEigenvalues);
  const axes = realEigenvalues.map((value, i) =>
    eigenvectorMatrix.getColumn(i).map((one) => one / Math.sqrt(Math.max(value, floor))),
  );
  const turns = turnsOf(axes);
  return {
    names,
    shrinkage,
    axes,
    centres: means
      .filter((mean) => mean !== null)
      .map((mean) => {
        const turned = new Float64Array(axes.length);
        turnRow(turns, mean, { turned, told: new Int32Array(mean.length) });
        return Array.from(turned);
      }),
  };
}

/** By class code; null for a class without rows. */
function classMeans(
  { rows, columns, values }: Matrix,
  labels: ArrayLike<number>,
  classes: number,
): readonly (Float64Array | null)[] {
  const sums = Array.from({ length: classes }, () => new Float64Array(columns));
  const counts = new Float64Array(classes);
  for (let row = 0; row < rows; row++) {
    counts[labels[row]]++;
    for (let j = 0; j < columns; j++) sums[labels[row]][j] += values[row * columns + j];
  }
  return sums.map((sum, k) => (counts[k] > 0 ? sum.map((one) => one / counts[k]) : null));
}

/** Ledoit and Wolf's m, d², b² carry their names. */
function shrunkCovariance(
  residuals: Float64Array,
  columns: number,
): { readonly covariance: Dense; readonly shrinkage: number } {
  const rows = residuals.length / columns;
  const covariance = Dense.zeros(columns, columns);
  let fourth = 0;
  for (let from = 0; from < residuals.length; from += columns) {
    let squares = 0;
    for (let i = 0; i < columns; i++) {
      squares += residuals[from + i] ** 2;
      for (let j = 0; j < columns; j++)
        covariance.set(i, j, covariance.get(i, j) + (residuals[from + i] * residuals[from + j]) / rows);
    }
    fourth += squares ** 2;
  }
  const m = covariance.trace() / columns;
  if (!(m > 0)) throw new RangeError("fitFeatureDistance: some feature must vary within a class; none does");
  const norm = covariance.dot(covariance);
  const d2 = norm - columns * m * m;
  const b2 = Math.min(d2, (fourth / rows - norm) / rows);
  const shrinkage = d2 > 0 ? Math.max(0, b2 / d2) : 1;
  return { shrinkage, covariance: covariance.mul(1 - shrinkage).add(Dense.eye(columns, columns).mul(shrinkage * m)) };
}
