import { cholesky } from "../../../core/statistics/cholesky.js";
import { forwardSolveMany } from "../../../core/statistics/forwardSolveMany.js";
import { checkFinite, type Matrix } from "../../../core/Matrix.js";
import { checkFeatureNames } from "../../checkFeatureNames.js";
import type { NetworkPredictor } from "../../networkPredictor.js";
import { fillMatern, type MaternKernel, maternRow, scaledRows } from "./maternKernel.js";

/** Kernel of a standardised target, with the noise of its measurements. */
export interface NoisyKernel extends MaternKernel {
  /** Variance of the noise of a row of weight 1, at least 0. */
  readonly noise: number;
}

/** A Gaussian process of one target as plain numbers. Variances are those of the standardised target. */
export interface TargetProcess {
  readonly kernel: NoisyKernel;
  /** The target is mean + scale · process. */
  readonly mean: number;
  readonly scale: number;
  /** Features of the rows that it rests on. */
  readonly features: Matrix;
  /** Noise and jitter of these rows, shape [rows]. */
  readonly rowNoise: Float64Array;
  /** What each row adds to the prediction of another, by covariance, shape [rows]. */
  readonly pull: Float64Array;
}

/** Gaussian processes of several targets of the same features: all that must be stored to predict again. */
export interface TargetProcesses {
  /** Names of the features, in the order of the lengths. */
  readonly names: readonly string[];
  readonly targets: readonly string[];
  /** One per target. */
  readonly processes: readonly TargetProcess[];
}

/** It predicts as a network does, and says how sure it is. */
export interface GaussianTargetPredictor extends Pick<NetworkPredictor, "targets" | "predictTargets"> {
  /**
   * Standard deviations of the targets about their predictions, row-major [rows, targets]: of a new measurement of
   * weight 1, or with `noise: false` of the function behind it.
   */
  predictDeviations(features: Matrix, options?: { readonly noise?: boolean }): Float64Array;
}

/**
 * Means and standard deviations by Gaussian processes. A row is answered alike whatever comes with it.
 *
 * @throws RangeError when it predicts, if features have other names or another order, or one is not finite (row and
 *   column named)
 * @see Rasmussen and Williams 2006, Gaussian Processes for Machine Learning, algorithm 2.1
 */
export function gaussianTargetPredictor({ names, targets, processes }: TargetProcesses): GaussianTargetPredictor {
  const predictors = processes.map(onePredictor);
  const together = (features: Matrix, answer: (predictor: OnePredictor) => Float64Array): Float64Array => {
    checkFeatureNames(names, features, "gaussianTargetPredictor");
    checkFinite("gaussianTargetPredictor", features);
    const columns = predictors.map(answer);
    return Float64Array.from(
      { length: features.rows * columns.length },
      (_, i) => columns[i % columns.length][Math.floor(i / columns.length)],
    );
  };
  return {
    targets,
    predictTargets: (features) => together(features, ({ means }) => means(features)),
    predictDeviations: (features, { noise = true } = {}) =>
      together(features, ({ deviations }) => deviations(features, noise)),
  };
}

interface OnePredictor {
  readonly means: (features: Matrix) => Float64Array;
  readonly deviations: (features: Matrix, noise: boolean) => Float64Array;
}

const rowsAtOnce = 4;

function onePredictor({ kernel, mean, scale, features, rowNoise, pull }: TargetProcess): OnePredictor {
  const { rows, columns } = features;
  const { variance, lengths, noise } = kernel;
  const points = scaledRows(features, lengths);
  let lower: Float64Array | undefined;
  /** Made when first asked for: means do without. */
  const factor = (): Float64Array => {
    const matrix = new Float64Array(rows * rows);
    fillMatern(points, columns, kernel, matrix, rows);
    for (let row = 0; row < rows; row++) matrix[row * (rows + 1)] += rowNoise[row];
    cholesky(matrix, rows);
    return matrix;
  };
  /** Covariances of a few rows at a time with those that it rests on, [many, rows], and the first of them. */
  const byFew = (some: Matrix, answer: (covariances: Float64Array, from: number) => void): void => {
    const asked = scaledRows(some, lengths);
    const covariances = new Float64Array(rowsAtOnce * rows);
    for (let from = 0; from < some.rows; from += rowsAtOnce) {
      const many = Math.min(rowsAtOnce, some.rows - from);
      for (let k = 0; k < many; k++)
        maternRow(points, columns, kernel, asked, (from + k) * columns, rows, covariances, k * rows);
      answer(covariances.subarray(0, many * rows), from);
    }
  };
  return {
    means: (some) => {
      const told = new Float64Array(some.rows);
      byFew(some, (covariances, from) => {
        for (let at = 0; at < covariances.length; at += rows) {
          let sum = 0;
          for (let row = 0; row < rows; row++) sum += covariances[at + row] * pull[row];
          told[from + at / rows] = mean + scale * sum;
        }
      });
      return told;
    },
    deviations: (some, noisy) => {
      lower ??= factor();
      const triangle = lower;
      const told = new Float64Array(some.rows);
      byFew(some, (covariances, from) => {
        forwardSolveMany(triangle, rows, covariances);
        for (let at = 0; at < covariances.length; at += rows) {
          let left = variance;
          for (let row = 0; row < rows; row++) left -= covariances[at + row] ** 2;
          told[from + at / rows] = scale * Math.sqrt(Math.max(0, left) + (noisy ? noise : 0));
        }
      });
      return told;
    },
  };
}
