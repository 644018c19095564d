import { checkCodes } from "../core/metrics/checkCodes.js";
import { checkProbabilities } from "../core/metrics/checkProbabilities.js";
import { rowWeights } from "../core/statistics/rowWeights.js";

/** Rows that a calibrator is fitted on, checked. */
export interface CalibrationRows {
  readonly classes: number;
  /** One per row. */
  readonly weights: ArrayLike<number>;
  /** Weight of each class, shape [classes]. */
  readonly classWeights: Float64Array;
  readonly withoutRows: readonly number[];
}

/**
 * Makes sure that a calibrator can be fitted: at least two rows, of at least two classes.
 *
 * @param caller  function to name in the error
 * @throws RangeError if they are fewer, lengths differ, a label is no code, rows are no probabilities, or weights are
 *   none
 */
export function calibrationRows(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  weights: ArrayLike<number> | undefined,
  caller: string,
): CalibrationRows {
  if (labels.length < 2) throw new RangeError(`${caller}: at least 2 rows are needed; got ${labels.length}`);
  const checked = rowWeights(weights, labels.length, caller);
  const classes = checkProbabilities(probabilities, labels.length, caller);
  checkCodes(labels, classes, caller);
  const classWeights = new Float64Array(classes);
  for (let row = 0; row < labels.length; row++) classWeights[labels[row]] += checked[row];
  const withoutRows = Array.from(classWeights.keys()).filter((k) => classWeights[k] === 0);
  if (classes - withoutRows.length < 2) {
    throw new RangeError(
      `${caller}: rows of at least 2 classes are needed; all ${labels.length} are of class ` +
        `${classWeights.findIndex((weight) => weight > 0)}; calibrate on rows drawn like those met in use`,
    );
  }
  return { classes, weights: checked, classWeights, withoutRows };
}
