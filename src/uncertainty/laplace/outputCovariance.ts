import type { LaplacePosterior } from "./classifierLaplace.js";
import { hiddenRows } from "./LinearHead.js";
import { packedQuadratic } from "./packedSymmetric.js";

/**
 * Covariance of a head's outputs at each row, from what is not known about the head.
 *
 * @param hidden  row-major [rows, units]
 * @returns shape [rows, outputs, outputs]
 * @throws RangeError if hidden units do not fit the head or are not finite
 */
export function outputCovariance({ head, covariances }: LaplacePosterior, hidden: ArrayLike<number>): Float64Array {
  const rows = hiddenRows(hidden, head, "outputCovariance");
  const outputs = head.biases.length;
  const units = head.weights.length / outputs;
  const all = new Float64Array(rows * outputs * outputs);
  for (let row = 0; row < rows; row++) {
    for (let k = 0, pair = 0; k < outputs; k++) {
      for (let l = k; l < outputs; l++, pair++) {
        const value = packedQuadratic(covariances[pair], hidden, row, units);
        all[(row * outputs + k) * outputs + l] = value;
        all[(row * outputs + l) * outputs + k] = value;
      }
    }
  }
  return all;
}
