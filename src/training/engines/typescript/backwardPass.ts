import { layersOf } from "../../layersOf.js";
import type { Architecture } from "../../Network.js";
import type { ForwardPass } from "./forwardPass.js";

/**
 * Gradient by the chain rule, from the outputs back to the first layer, in the layout of Network.
 *
 * @param outputSlopes  of the loss by each output, row-major [rows, outputs]
 */
export function backwardPass(
  architecture: Architecture,
  weights: ArrayLike<number>,
  { values, slopes }: ForwardPass,
  outputSlopes: Float64Array,
): Float64Array {
  const layers = layersOf(architecture);
  const last = layers[layers.length - 1];
  const gradient = new Float64Array(last.biases + last.outputs);
  const rows = outputSlopes.length / last.outputs;
  let errors = outputSlopes;
  for (let l = layers.length - 1; l >= 0; l--) {
    const { inputs, outputs, weights: first, biases } = layers[l];
    const before = new Float64Array(rows * inputs);
    for (let row = 0; row < rows; row++) {
      const error = errors.subarray(row * outputs, (row + 1) * outputs);
      for (let j = 0; j < outputs; j++) gradient[biases + j] += error[j];
      for (let i = 0; i < inputs; i++) {
        const from = first + i * outputs;
        const value = values[l][row * inputs + i];
        let sum = 0;
        for (let j = 0; j < outputs; j++) {
          gradient[from + j] += value * error[j];
          sum += error[j] * weights[from + j];
        }
        if (l > 0) before[row * inputs + i] = sum * slopes[l - 1][row * inputs + i];
      }
    }
    errors = before;
  }
  return gradient;
}
