import type { Matrix } from "../core/Matrix.js";
import type { Random } from "../core/random/Random.js";
import type { TrainingData } from "./TrainingData.js";
import type { HiddenLayers, TrainingOptions } from "./TrainingOptions.js";
import { type TrainedNetwork, trainNetwork } from "./trainNetwork.js";

/** A layout of hidden layers, how to train it, and which rows to use. */
export type NetworkOptions = Partial<HiddenLayers> & TrainingOptions & Pick<TrainingData, "weights" | "train" | "tune">;

/**
 * A classifier: multilayer perceptron with softmax. Hidden layers [96, 96] by default.
 *
 * @param features  shape [rows, columns]
 * @param labels    class codes below `classes.length`, shape [rows]
 * @param classes   names by code, at least two, each with a training row
 * @throws as trainNetwork
 *
 * @example
 * ```ts
 * import { argmax, makeMatrix, seededRandom, trainClassifier } from "cspbbr3-twin";
 *
 * const features = makeMatrix(["x"], Float32Array.from({ length: 60 }, (_, row) => row / 30 - 1));
 * const labels = Uint8Array.from({ length: 60 }, (_, row) => Number(row >= 30));
 * const { predictor } = await trainClassifier(features, labels, ["low", "high"], seededRandom(1), { hidden: [8] });
 * console.log(argmax(predictor.predict(makeMatrix(["x"], Float32Array.of(-0.5, 0.5))), 2));
 * // Uint16Array(2) [ 0, 1 ]
 * ```
 */
export function trainClassifier(
  features: Matrix,
  labels: ArrayLike<number>,
  classes: readonly string[],
  random: Random,
  { hidden = [96, 96], activation, weights, train, tune, ...options }: NetworkOptions = {},
): Promise<TrainedNetwork> {
  return trainNetwork({ features, labels, classes, weights, train, tune }, { hidden, activation }, random, options);
}
