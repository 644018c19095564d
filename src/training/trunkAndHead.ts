import { layersOf } from "./layersOf.js";
import type { Network } from "./Network.js";

/** The last, linear map of a network to some of its outputs. */
export interface NetworkHead {
  /** Row-major [units, outputs]. */
  readonly weights: Float32Array;
  readonly biases: Float32Array;
}

/** A network in parts: what it makes of the features, and the linear maps from there to its outputs. */
export interface TrunkAndHead {
  /**
   * Its targets are the units of the last hidden layer (of a linear model, the features): predictTargets gives them.
   */
  readonly trunk: Network;
  /** To the logits; without outputs where the network has no classes. */
  readonly classHead: NetworkHead;
  /** To the targets; without outputs where the network has none. */
  readonly targetHead: NetworkHead;
}

/**
 * Cuts a network before its last layer. The trunk ends in an identity, so that any engine computes it, to the last bit.
 */
export function trunkAndHead(network: Network): TrunkAndHead {
  const last = layersOf(network).at(-1)!;
  const units = last.inputs;
  const identity = new Float32Array((units + 1) * units);
  for (let i = 0; i < units; i++) identity[i * units + i] = 1;
  const weights = new Float32Array(last.weights + identity.length);
  weights.set(network.weights.subarray(0, last.weights));
  weights.set(identity, last.weights);
  const targets = Array.from({ length: units }, (_, i) => `unit ${i}`);
  const head = (from: number, to: number): NetworkHead => ({
    weights: Float32Array.from(
      { length: units * (to - from) },
      (_, i) => network.weights[last.weights + Math.floor(i / (to - from)) * last.outputs + from + (i % (to - from))],
    ),
    biases: network.weights.slice(last.biases + from, last.biases + to),
  });
  const classes = network.classes.length;
  return {
    trunk: { ...network, classes: [], targets, weights },
    classHead: head(0, classes),
    targetHead: head(classes, last.outputs),
  };
}
