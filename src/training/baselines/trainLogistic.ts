import { cholesky } from "../../core/statistics/cholesky.js";
import { choleskySolve } from "../../core/statistics/choleskySolve.js";
import { checkCodes } from "../../core/metrics/checkCodes.js";
import { checkFinite, type Matrix } from "../../core/Matrix.js";
import { minimizeSmooth } from "../../core/statistics/minimizeSmooth.js";
import type { Predictor } from "../../core/Predictor.js";
import { rowWeights } from "../../core/statistics/rowWeights.js";
import { logisticObjective } from "./logisticObjective.js";
import { logisticPredictor, type LogisticWeights } from "./logisticPredictor.js";

/** A fitted logistic regression: it predicts, its numbers can be stored, and it says how the fit ended. */
export interface LogisticModel extends Predictor, LogisticWeights {
  readonly coefficients: Float64Array;
  readonly intercepts: Float64Array;
  /** C · Σ weight · (-ln p) + penalty, at the end. */
  readonly objective: number;
  readonly iterations: number;
  /** False where `maxIterations` came first; the model predicts all the same, and a report must say so. */
  readonly converged: boolean;
}

/** Penalty, weights and end of a logistic regression. */
export interface LogisticOptions {
  /** Inverse strength of the penalty, above 0: C in scikit-learn. */
  readonly C?: number;
  /** One per row, at least 0: class weights come in as weights of rows. */
  readonly weights?: ArrayLike<number>;
  readonly maxIterations?: number;
}

/**
 * Multinomial logistic regression with an L2 penalty. It minimises C · Σ_i weight_i · (-ln p_i,label) + 1/2 Σ
 * coefficient²; intercepts bear no penalty (the objective of scikit-learn's LogisticRegression). With two classes, as
 * there, the penalty falls on the difference of the two classes' coefficients, not on both.
 *
 * L-BFGS from 0, preconditioned by the inverse of the Hessian at 0, so that features of any scale converge alike; the
 * scale still decides how strongly the penalty holds each, so standardise first. It ends when the expected decrease
 * falls to 1e-20 of the loss at the start (minimizeSmooth). Float64 throughout and one order of summation: equal
 * input gives equal bytes.
 *
 * @param features  finite (makeMatrix sees to it), shape [rows, columns]
 * @param labels    class codes below `classes.length`, shape [rows]
 * @param classes   names by code, at least two, each with a row of weight above 0
 * @throws RangeError if lengths do not fit, a feature is not finite (row and column named), a label is no code, a class
 *   has no training row, C is not above 0, or weights are negative or all 0
 * @throws InputError if its WebAssembly program was not built
 *
 * @example
 * ```ts
 * import { makeMatrix, trainLogistic } from "cspbbr3-twin";
 *
 * const features = makeMatrix(["x"], Float32Array.of(-2, -1, 1, 2));
 * const model = trainLogistic(features, [0, 0, 1, 1], ["low", "high"]);
 * const [, high] = model.predict(makeMatrix(["x"], Float32Array.of(1.5)));
 * console.log(model.converged, high.toFixed(3));
 * // true 0.819
 * ```
 */
export function trainLogistic(
  features: Matrix,
  labels: ArrayLike<number>,
  classes: readonly string[],
  { C = 1, weights, maxIterations = 500 }: LogisticOptions = {},
): LogisticModel {
  if (!(C > 0 && C < Infinity)) throw new RangeError(`trainLogistic: C must be above 0 and finite; got ${C}`);
  const rowWeight = rowWeights(weights, features.rows, "trainLogistic");
  checkRows(features, labels, classes, rowWeight);

  const [count, columns] = [classes.length, features.columns];
  // Two vectors ±u stand for one difference 2u: half its square is twice half theirs.
  const ridge = count === 2 ? 2 : 1;
  const rowFactors = Float64Array.from(rowWeight, (weight) => C * weight);
  const problem = { features, labels, classes: count, rowFactors, ridge };
  const { values, loss, iterations, converged } = minimizeSmooth(
    logisticObjective(problem),
    new Float64Array(count * (columns + 1)),
    {
      maxIterations,
      precondition: inverseHessianAtZero(features, rowFactors, count, ridge),
    },
  );

  const coefficients = new Float64Array(count * columns);
  const intercepts = new Float64Array(count);
  for (let k = 0; k < count; k++) {
    coefficients.set(values.subarray(k * (columns + 1), k * (columns + 1) + columns), k * columns);
    intercepts[k] = values[k * (columns + 1) + columns];
  }
  const learned: LogisticWeights = { classes, names: features.names, coefficients, intercepts };
  return {
    ...logisticPredictor(learned),
    names: features.names,
    coefficients,
    intercepts,
    objective: loss,
    iterations,
    converged,
  };
}

function checkRows(
  features: Matrix,
  labels: ArrayLike<number>,
  classes: readonly string[],
  weights: ArrayLike<number>,
): void {
  if (classes.length < 2)
    throw new RangeError(
      `trainLogistic: at least two classes are needed; got ${classes.length}; a constant answer is trainMajority`,
    );
  if (labels.length !== features.rows)
    throw new RangeError(
      `trainLogistic: one label per row is needed; got ${labels.length} labels for ${features.rows} rows`,
    );
  checkFinite("trainLogistic", features);
  const seen = new Float64Array(classes.length);
  checkCodes(labels, classes.length, "trainLogistic");
  for (let row = 0; row < labels.length; row++) seen[labels[row]] += weights[row];
  const absent = seen.indexOf(0);
  // Its intercept would run to minus infinity: there is no minimum.
  if (absent >= 0)
    throw new RangeError(
      `trainLogistic: every class needs a training row with weight above 0; "${classes[absent]}" has none; ` +
        "leave the class out or split so that it has some",
    );
}

/**
 * At 0 every class has probability 1/K, and on vectors that sum to 0 over classes the Hessian is the same matrix for
 * each class, A = Σ factor x xᵀ / K + ridge (none for the intercept). Gradients are such vectors, and so all iterates:
 * coefficients and intercepts stay centred. Returns the solution of A d = g for each class, in place, by Cholesky.
 */
function inverseHessianAtZero(
  { rows, columns, values }: Matrix,
  rowFactors: Float64Array,
  classes: number,
  ridge: number,
): (vector: Float64Array) => void {
  const size = columns + 1;
  const lower = new Float64Array(size * size);
  const row = new Float64Array(size).fill(1);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) row[j] = values[i * columns + j];
    for (let j = 0; j < size; j++) {
      const scaled = (rowFactors[i] / classes) * row[j];
      for (let l = 0; l <= j; l++) lower[j * size + l] += scaled * row[l];
    }
  }
  for (let j = 0; j < columns; j++) lower[j * size + j] += ridge;
  // A pivot lost to rounding (collinear features, a weak penalty) is floored: this only preconditions.
  cholesky(lower, size);
  return (vector) => {
    for (let k = 0; k < classes; k++) choleskySolve(lower, size, vector.subarray(k * size, (k + 1) * size));
  };
}
