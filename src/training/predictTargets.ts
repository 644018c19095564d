import type { Matrix } from "../core/Matrix.js";
import type { Network } from "./Network.js";
import { networkOutputs, type OutputEngine } from "./networkOutputs.js";

/**
 * Targets predicted by a network, row-major [rows, targets]. Dropout is off.
 *
 * @throws as networkOutputs; RangeError if the network has no targets
 */
export function predictTargets(network: Network, features: Matrix, engine?: OutputEngine): Float64Array {
  const { classes, targets } = network;
  if (targets.length === 0)
    throw new RangeError(
      "predictTargets: the network must have been trained on targets; it has classes alone; use predictProbabilities",
    );
  const outputs = networkOutputs(network, features, engine);
  const width = classes.length + targets.length;
  return Float64Array.from(
    { length: features.rows * targets.length },
    (_, i) => outputs[Math.floor(i / targets.length) * width + classes.length + (i % targets.length)],
  );
}
