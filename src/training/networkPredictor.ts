import type { Matrix } from "../core/Matrix.js";
import type { Predictor } from "../core/Predictor.js";
import type { Network } from "./Network.js";
import type { OutputEngine } from "./networkOutputs.js";
import { predictProbabilities } from "./predictProbabilities.js";
import { predictTargets } from "./predictTargets.js";

/** A network that predicts. */
export interface NetworkPredictor extends Predictor {
  /** Names of the targets; none for a classifier. */
  readonly targets: readonly string[];
  /** Predicted targets, row-major [rows, targets]. */
  predictTargets(features: Matrix): Float64Array;
}

/**
 * A predictor from a network and an engine to compute it with.
 *
 * @param engine  what computes (default float64, the same on every machine)
 * @throws when it predicts, as predictProbabilities and predictTargets
 */
export function networkPredictor(network: Network, engine?: OutputEngine): NetworkPredictor {
  const { classes, targets } = network;
  return {
    classes,
    targets,
    predict: (features) => predictProbabilities(network, features, engine),
    predictTargets: (features) => predictTargets(network, features, engine),
  };
}
