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
