import { cholesky } from "../../../core/statistics/cholesky.js";
import { forwardSolveMany } from "../../../core/statistics/forwardSolveMany.js";
import { checkFinite, type Matrix } from "../../../core/Matrix.js";
import type { Predictor } from "../../../core/Predictor.js";
import { checkFeatureNames } from "../../checkFeatureNames.js";
import { averagedLogistic } from "./averagedLogistic.js";
import { fillMatern, type MaternKernel, maternRow, scaledRows } from "./maternKernel.js";

/** A Gaussian process that tells one class from all others, as plain numbers. */
export interface ClassProcess {
  readonly kernel: MaternKernel;
  /** Slope of each row's log likelihood at the mode, shape [rows]. */
  readonly pull: Float64Array;
  /** Its curvature with the sign turned, shape [rows]. */
  readonly curvature: Float64Array;
}

/** Gaussian processes, one against the rest: all that must be stored to predict again. */
export interface ClassProcesses {
  readonly classes: readonly string[];
  /** Names of the features, in the order of the lengths. */
  readonly names: readonly string[];
  /** Features of the rows that they rest on. */
  readonly features: Matrix;
  /** Codes of the classes that these rows have, ascending. */
  readonly present: readonly number[];
  /** One for each class present; of two classes, one for the second; none for a class alone. */
  readonly processes: readonly ClassProcess[];
}

/**
 * Probabilities of classes: each process gives its class the averaged logistic function of its latent value, and those
 * of a row are divided by their sum. A class without training rows has probability 0.
 *
 * @throws RangeError when it predicts, if features have other names or another order, or one is not finite (row and
 *   column named)
 * @see Rasmussen and Williams 2006, Gaussian Processes for Machine Learning, algorithm 3.2
 */
export function gaussianClassPredictor({ classes, names, features, present, processes }: ClassProcesses): Predictor {
  const own = processes.map((process) => memberProbabilities(features, process));
  return {
    classes,
    predict: (some) => {
      checkFeatureNames(names, some, "gaussianClassPredictor");
      checkFinite("gaussianClassPredictor", some);
      const columns = own.map((probabilities) => probabilities(some));
      if (present.length === 1) columns.push(new Float64Array(some.rows).fill(1));
      if (present.length === 2) columns.unshift(columns[0].map((probability) => 1 - probability));
      const out = new Float64Array(some.rows * classes.length);
      for (let row = 0; row < some.rows; row++) {
        let sum = 0;
        for (const column of columns) sum += column[row];
        columns.forEach((column, i) => (out[row * classes.length + present[i]] = column[row] / sum));
      }
      return out;
    },
  };
}

const rowsAtOnce = 4;

function memberProbabilities(
  features: Matrix,
  { kernel, pull, curvature }: ClassProcess,
): (some: Matrix) => Float64Array {
  const { rows, columns } = features;
  const { variance, lengths } = kernel;
  const points = scaledRows(features, lengths);
  const root = curvature.map(Math.sqrt);
  // Rows are answered a few at a time, each alike whatever comes with it.
  const covariances = new Float64Array(rowsAtOnce * rows);
  let lower: Float64Array | undefined;
  const factor = (): Float64Array => {
    const matrix = new Float64Array(rows * rows);
    fillMatern(points, columns, kernel, matrix, rows);
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j <= i; j++) matrix[i * rows + j] *= root[i] * root[j];
      matrix[i * (rows + 1)] += 1;
    }
    cholesky(matrix, rows);
    return matrix;
  };
  return (some) => {
    lower ??= factor();
    const triangle = lower;
    const asked = scaledRows(some, lengths);
    const probabilities = new Float64Array(some.rows);
    const means = new Float64Array(rowsAtOnce);
    for (let from = 0; from < some.rows; from += rowsAtOnce) {
      const many = Math.min(rowsAtOnce, some.rows - from);
      const own = covariances.subarray(0, many * rows);
      for (let k = 0; k < many; k++) {
        const at = k * rows;
        maternRow(points, columns, kernel, asked, (from + k) * columns, rows, own, at);
        means[k] = 0;
        for (let i = 0; i < rows; i++) {
          means[k] += own[at + i] * pull[i];
          own[at + i] *= root[i];
        }
      }
      forwardSolveMany(triangle, rows, own);
      for (let k = 0; k < many; k++) {
        let left = variance;
        for (let i = 0; i < rows; i++) left -= own[k * rows + i] ** 2;
        probabilities[from + k] = averagedLogistic(means[k], Math.max(0, left));
      }
    }
    return probabilities;
  };
}
