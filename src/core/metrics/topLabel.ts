import { checkCodes } from "./checkCodes.js";
import { checkProbabilities } from "./checkProbabilities.js";
import { argmax } from "./argmax.js";

/** What a classifier answers first: how sure it is, and whether it is right. */
export interface TopLabel {
  /** Probability of the likeliest class, shape [n]. */
  readonly probabilities: Float64Array;
  /** 1 where that class is the true one, shape [n]. */
  readonly correct: Uint8Array;
}

/**
 * Probability of each row's likeliest class, and whether it is the true one.
 *
 * @param labels         true class codes, shape [n]
 * @param probabilities  row-major, shape [n, classes], rows sum to 1
 * @throws RangeError if lengths differ, a label is no code, or rows are no probabilities
 */
export function topLabel(labels: ArrayLike<number>, probabilities: ArrayLike<number>): TopLabel {
  const classes = checkProbabilities(probabilities, labels.length, "topLabel");
  checkCodes(labels, classes, "topLabel");
  // A softmax in float32 can end a rounding above 1.
  const top = argmax(probabilities, classes);
  return {
    probabilities: Float64Array.from(top, (code, row) => Math.min(1, probabilities[row * classes + code])),
    correct: Uint8Array.from(top, (code, row) => Number(code === labels[row])),
  };
}
