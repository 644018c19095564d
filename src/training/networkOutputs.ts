import type { Matrix } from "../core/Matrix.js";
import type { Network } from "./Network.js";
import type { TrainingEngine } from "./TrainingEngine.js";

/**
 * What an engine computes for features that are checked: logits, then targets, row-major [rows, classes + targets].
 *
 * @throws RangeError if the features are not those of training in their order, or a value is not finite (row and column named)
 */
export function networkOutputs(network: Network, features: Matrix, engine: TrainingEngine): Float32Array {
  const { features: names } = network;
  const strange = Array.from({ length: Math.max(names.length, features.columns) }, (_, column) => column).find((column) => names[column] !== features.names[column]);
  if (strange !== undefined) {
    throw new RangeError(`networkOutputs: features must be the ${names.length} of training, in their order; column ${strange} is ${features.names[strange] ?? "missing"}, not ${names[strange] ?? "to be there"}`);
  }
  const bad = features.values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw new RangeError(`networkOutputs: features must be finite; row ${Math.floor(bad / names.length)}, column ${names[bad % names.length]} has ${features.values[bad]}; impute or drop the row first`);
  return engine.outputs(network, features);
}
