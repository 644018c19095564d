import { cholesky } from "../../../core/statistics/cholesky.js";
import { forwardSolve } from "../../../core/statistics/forwardSolve.js";
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

function onePredictor({ kernel, mean, scale, features, rowNoise, pull }: TargetProcess): OnePredictor {
  const { rows, columns } = features;
  const { variance, lengths, noise } = kernel;
  const points = scaledRows(features, lengths);
  const covariances = new Float64Array(rows);
  let lower: Float64Array | undefined;
  /** Made when first asked for: means do without. */
  const factor = (): Float64Array => {
    const matrix = new Float64Array(rows * rows);
    fillMatern(points, columns, kernel, matrix, rows);
    for (let row = 0; row < rows; row++) matrix[row * (rows + 1)] += rowNoise[row];
    cholesky(matrix, rows);
    return matrix;
  };
  const each = (some: Matrix, answer: () => number): Float64Array => {
    const asked = scaledRows(some, lengths);
    return Float64Array.from({ length: some.rows }, (_, row) => {
      maternRow(points, columns, kernel, asked, row * columns, rows, covariances, 0);
      return answer();
    });
  };
  return {
    means: (some) =>
      each(some, () => {
        let sum = 0;
        for (let row = 0; row < rows; row++) sum += covariances[row] * pull[row];
        return mean + scale * sum;
      }),
    deviations: (some, noisy) => {
      lower ??= factor();
      const triangle = lower;
      return each(some, () => {
        forwardSolve(triangle, rows, covariances);
        let left = variance;
        for (let row = 0; row < rows; row++) left -= covariances[row] ** 2;
        return scale * Math.sqrt(Math.max(0, left) + (noisy ? noise : 0));
      });
    },
  };
}
