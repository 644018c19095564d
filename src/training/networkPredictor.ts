import type { Matrix } from "../core/Matrix.js";
import type { Predictor } from "../core/Predictor.js";
import type { Network } from "./Network.js";
import { predictProbabilities } from "./predictProbabilities.js";
import { predictTargets } from "./predictTargets.js";
import type { TrainingEngine } from "./engines/TrainingEngine.js";
import { typescriptTraining } from "./engines/typescript/typescriptTraining.js";

/** A network that predicts. */
export interface NetworkPredictor extends Predictor {
  /** Names of the targets; none for a classifier. */
  readonly targets: readonly string[];
  /** Predicted targets, row-major [rows, targets]. */
  predictTargets(features: Matrix): Float64Array;
}

/**
 * @param engine  what computes; typescript by default
 * @throws when it predicts, as predictProbabilities and predictTargets
 */
export function networkPredictor(network: Network, engine: TrainingEngine = typescriptTraining): NetworkPredictor {
  const { classes, targets } = network;
  return {
    classes,
    targets,
    predict: (features) => predictProbabilities(network, features, engine),
    predictTargets: (features) => predictTargets(network, features, engine),
  };
}
