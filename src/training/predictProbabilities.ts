import type { Matrix } from "../core/Matrix.js";
import { softmax } from "../core/metrics/softmax.js";
import type { Network } from "./Network.js";
import { networkOutputs, type OutputEngine } from "./networkOutputs.js";

/**
 * Probabilities by a network, row-major [rows, classes]: each row sums to 1. Dropout is off.
 *
 * @throws as networkOutputs; RangeError if the network has no classes
 *
 * @example
 * ```ts
 * import { makeMatrix, predictProbabilities, seededRandom, trainClassifier } from "cspbbr3-twin";
 *
 * const features = makeMatrix(["x"], Float32Array.from({ length: 60 }, (_, row) => row / 30 - 1));
 * const labels = Uint8Array.from({ length: 60 }, (_, row) => Number(row >= 30));
 * const { network } = await trainClassifier(features, labels, ["low", "high"], seededRandom(1), { hidden: [8] });
 * const [low, high] = predictProbabilities(network, makeMatrix(["x"], Float32Array.of(0.9)));
 * console.log(low.toFixed(2), high.toFixed(2));
 * // 0.26 0.74
 * ```
 */
export function predictProbabilities(network: Network, features: Matrix, engine?: OutputEngine): Float64Array {
  const { classes, targets } = network;
  if (classes.length === 0)
    throw new RangeError(
      "predictProbabilities: the network must have been trained on classes; it has targets alone; use predictTargets",
    );
  return softmax(networkOutputs(network, features, engine), classes.length, classes.length + targets.length);
}
