import { softmaxRow } from "../../core/metrics/softmax.js";
import type { Matrix } from "../../core/Matrix.js";
import type { Predictor } from "../../core/Predictor.js";
import { checkFeatureNames } from "../checkFeatureNames.js";

/** Plain numbers of a fitted logistic regression: all that must be stored for it to predict again. */
export interface LogisticWeights {
  readonly classes: readonly string[];
  /** Names of the features, in the order of the coefficients. */
  readonly names: readonly string[];
  /** Row-major, shape [classes, names]; sums over classes are 0. */
  readonly coefficients: ArrayLike<number>;
  /** One per class, sum 0. */
  readonly intercepts: ArrayLike<number>;
}

/**
 * Softmax of linear scores.
 *
 * @throws RangeError if the lengths do not fit, or if `predict` gets features of other names or another order
 */
export function logisticPredictor({ classes, names, coefficients, intercepts }: LogisticWeights): Predictor {
  const columns = names.length;
  if (intercepts.length !== classes.length || coefficients.length !== classes.length * columns) {
    throw new RangeError(
      `logisticPredictor: ${classes.length} classes of ${columns} features need ${classes.length * columns} ` +
        `coefficients and ${classes.length} intercepts; ` +
        `got ${coefficients.length} and ${intercepts.length}`,
    );
  }
  const weights = Float64Array.from(coefficients);
  const offsets = Float64Array.from(intercepts);
  return {
    classes,
    predict: (features) => {
      checkFeatureNames(names, features, "logisticPredictor");
      const probabilities = new Float64Array(features.rows * classes.length);
      for (let row = 0; row < features.rows; row++) writeProbabilities(probabilities, features, row, weights, offsets);
      return probabilities;
    },
  };
}

function writeProbabilities(
  probabilities: Float64Array,
  { values, columns }: Matrix,
  row: number,
  weights: Float64Array,
  offsets: Float64Array,
): void {
  const classes = offsets.length;
  const from = row * classes;
  for (let k = 0; k < classes; k++) {
    let score = offsets[k];
    for (let j = 0; j < columns; j++) score += weights[k * columns + j] * values[row * columns + j];
    probabilities[from + k] = score;
  }
  softmaxRow(probabilities, from, classes);
}
