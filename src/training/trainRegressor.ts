import type { Matrix } from "../core/Matrix.js";
import type { Random } from "../core/random/Random.js";
import type { NetworkOptions } from "./trainClassifier.js";
import { type TrainedNetwork, trainNetwork } from "./trainNetwork.js";

/**
 * A regressor for one or several targets: multilayer perceptron with mean
 * square error. Hidden layers [96, 96] by default.
 *
 * @param features     shape [rows, columns]
 * @param targets      row-major [rows, targetNames], NaN where unknown, each known in
 *                     some training row; standardised ones train best
 * @param targetNames  one per column of the targets
 * @throws as trainNetwork
 */
export function trainRegressor(
  features: Matrix,
  targets: ArrayLike<number>,
  targetNames: readonly string[],
  random: Random,
  { hidden = [96, 96], activation, weights, train, tune, ...options }: NetworkOptions = {},
): Promise<TrainedNetwork> {
  return trainNetwork(
    { features, targets, targetNames, weights, train, tune },
    { hidden, activation },
    random,
    options,
  );
}
