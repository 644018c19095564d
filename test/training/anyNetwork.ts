import { makeMatrix, type Matrix } from "../../src/core/Matrix.js";
import { seededRandom } from "../../src/core/random/Random.js";
import { initialWeights } from "../../src/training/initialWeights.js";
import type { Activation, Architecture, Network } from "../../src/training/Network.js";
import { networkPredictor } from "../../src/training/networkPredictor.js";
import { normal } from "./tasks.js";

/** Every kind of network that an export must carry over: four activations, either head or both, no hidden layer. */
export const anyArchitectures: readonly (readonly [string, Architecture])[] = [
  ...(["relu", "tanh", "gelu", "silu"] as const).map(
    (activation) =>
      [`${activation}, both heads`, architecture(activation, [9, 6], ["p", "q", "r"], ["size", "yield"])] as const,
  ),
  ["classes alone", architecture("relu", [5], ["p", "q"], [])],
  ["targets alone", architecture("gelu", [5], [], ["size"])],
  ["no hidden layer", architecture("tanh", [], ["p", "q", "r"], ["size"])],
];

function architecture(
  activation: Activation,
  hidden: readonly number[],
  classes: readonly string[],
  targets: readonly string[],
): Architecture {
  return { features: ["temperature °C", "b", "c", "d"], hidden, activation, classes, targets };
}

/** Weights three times as large as at the start of a training, biases that are not 0. */
export function anyNetwork(shape: Architecture): Network {
  const random = seededRandom(11);
  return {
    ...shape,
    weights: initialWeights(shape, random).map((weight) => (weight === 0 ? normal(random) : 3 * weight)),
  };
}

export function anyFeatures(rows: number): Matrix {
  const random = seededRandom(12);
  return makeMatrix(
    ["temperature °C", "b", "c", "d"],
    Float32Array.from({ length: 4 * rows }, () => 2 * normal(random)),
  );
}

/** What the network itself says, by name of the head. */
export function ownAnswers(network: Network, features: Matrix): Readonly<Record<string, Float64Array>> {
  const predictor = networkPredictor(network);
  return {
    ...(network.classes.length > 0 ? { probabilities: predictor.predict(features) } : {}),
    ...(network.targets.length > 0 ? { targets: predictor.predictTargets(features) } : {}),
  };
}

/** Greatest difference, as a share of the values where they are above 1. */
export function farthest(ours: ArrayLike<number>, theirs: ArrayLike<number>): number {
  if (ours.length !== theirs.length) return Infinity;
  let most = 0;
  for (let i = 0; i < ours.length; i++)
    most = Math.max(most, Math.abs(ours[i] - theirs[i]) / Math.max(1, Math.abs(ours[i])));
  return most;
}
