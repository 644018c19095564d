import { checkFinite, type Matrix } from "../core/Matrix.js";
import { checkFeatureNames } from "./checkFeatureNames.js";
import { typescriptOutputs } from "./engines/typescript/typescriptOutputs.js";
import type { Network } from "./Network.js";

/** What a trained network is computed with: every TrainingEngine is one. */
export interface OutputEngine {
  /** Logits, then targets, row-major [rows, classes + targets]. */
  outputs(network: Network, features: Matrix): Float32Array;
}

/**
 * What an engine computes for features that are checked: logits, then targets, row-major [rows, classes + targets].
 *
 * @param engine  what computes (default float64, the same on every machine)
 * @throws RangeError if the features are not those of training in their order,
 *   or a value is not finite (row and column named)
 */
export function networkOutputs(
  network: Network,
  features: Matrix,
  engine: OutputEngine = { outputs: typescriptOutputs },
): Float32Array {
  checkFeatureNames(network.features, features, "networkOutputs");
  checkFinite("networkOutputs", features);
  return engine.outputs(network, features);
}
