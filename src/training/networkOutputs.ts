import { checkFinite, type Matrix } from "../core/Matrix.js";
import { checkFeatureNames } from "./checkFeatureNames.js";
import type { Network } from "./Network.js";
import type { TrainingEngine } from "./engines/TrainingEngine.js";

/**
 * What an engine computes for features that are checked: logits, then targets, row-major [rows, classes + targets].
 *
 * @throws RangeError if the features are not those of training in their order, or a value is not finite (row and column named)
 */
export function networkOutputs(network: Network, features: Matrix, engine: TrainingEngine): Float32Array {
  checkFeatureNames(network.features, features, "networkOutputs");
  checkFinite("networkOutputs", features);
  return engine.outputs(network, features);
}
