import type { Matrix } from "../core/Matrix.js";
import { softmax } from "../core/metrics/softmax.js";
import type { Network } from "./Network.js";
import { networkOutputs } from "./networkOutputs.js";
import type { TrainingEngine } from "./engines/TrainingEngine.js";
import { typescriptTraining } from "./engines/typescript/typescriptTraining.js";

/**
 * Probabilities by a network, row-major [rows, classes]: each row sums to 1. Dropout is off.
 *
 * @throws as networkOutputs; RangeError if the network has no classes
 */
export function predictProbabilities(
  network: Network,
  features: Matrix,
  engine: TrainingEngine = typescriptTraining,
): Float64Array {
  const { classes, targets } = network;
  if (classes.length === 0)
    throw new RangeError(
      "predictProbabilities: the network must have been trained on classes; it has targets alone; use predictTargets",
    );
  return softmax(networkOutputs(network, features, engine), classes.length, classes.length + targets.length);
}
