import type { Matrix } from "../core/Matrix.js";
import type { Network } from "./Network.js";
import { networkOutputs } from "./networkOutputs.js";
import type { TrainingEngine } from "./TrainingEngine.js";
import { typescriptTraining } from "./typescript/typescriptTraining.js";

/**
 * Probabilities by a network, row-major [rows, classes]: each row sums to 1. Dropout is off.
 *
 * @throws as networkOutputs; RangeError if the network has no classes
 */
export function predictProbabilities(network: Network, features: Matrix, engine: TrainingEngine = typescriptTraining): Float64Array {
  const { classes, targets } = network;
  if (classes.length === 0) throw new RangeError("predictProbabilities: the network must have been trained on classes; it has targets alone; use predictTargets");
  const outputs = networkOutputs(network, features, engine);
  const width = classes.length + targets.length;
  const probabilities = new Float64Array(features.rows * classes.length);
  for (let row = 0; row < features.rows; row++) {
    const logits = outputs.subarray(row * width, row * width + classes.length);
    const greatest = logits.reduce((a, b) => Math.max(a, b));
    const of = probabilities.subarray(row * classes.length, (row + 1) * classes.length);
    let total = 0;
    logits.forEach((logit, k) => (total += of[k] = Math.exp(logit - greatest)));
    for (let k = 0; k < of.length; k++) of[k] /= total;
  }
  return probabilities;
}
