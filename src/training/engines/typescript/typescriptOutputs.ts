import type { Matrix } from "../../../core/Matrix.js";
import type { Network } from "../../Network.js";
import { forwardPass } from "./forwardPass.js";

/** Rows that go through a network together where no batch is prescribed. */
export const chunkRows = 256;

/**
 * What a trained network says, in float64: logits, then targets, row-major
 * [rows, classes + targets]. Needs no training.
 */
export function typescriptOutputs(network: Network, { rows, columns, values }: Matrix): Float32Array {
  const width = network.classes.length + network.targets.length;
  const outputs = new Float32Array(rows * width);
  for (let first = 0; first < rows; first += chunkRows) {
    const inputs = Float64Array.from(values.subarray(first * columns, Math.min(first + chunkRows, rows) * columns));
    outputs.set(forwardPass(network, network.weights, inputs, null).values.at(-1)!, first * width);
  }
  return outputs;
}
