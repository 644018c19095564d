import { checkFinite, type Matrix } from "../../core/Matrix.js";
import type { Predictor } from "../../core/Predictor.js";
import { checkFeatureNames } from "../checkFeatureNames.js";
import type { ForestNodes } from "./growForest.js";
import { leafOf } from "./leafOf.js";

/** A grown forest as plain numbers. Nodes of all trees stand in one list. */
export interface Forest extends ForestNodes {
  readonly classes: readonly string[];
  /** Names of the features, in the order of the columns. */
  readonly names: readonly string[];
  /** Row-major [leaves, classes]. */
  readonly leafShares: Float32Array;
  /** Class shares of training, one vote beside the trees'. */
  readonly shares: Float64Array;
}

/**
 * Probabilities by a forest: the mean of the class shares in the leaves that a row falls into, one per tree, and of the
 * class shares of training.
 *
 * @throws RangeError when it predicts, if features have other names or another
 *   order, or one is not finite (row and column named)
 */
export function forestPredictor(forest: Forest): Predictor {
  return {
    classes: forest.classes,
    predict: (features) => {
      checkFeatureNames(forest.names, features, "forestPredictor");
      checkFinite("forestPredictor", features);
      return meanShares(forest, features);
    },
  };
}

function meanShares(forest: Forest, { rows, columns, values }: Matrix): Float64Array {
  const { roots, leafShares, shares } = forest;
  const classes = shares.length;
  const probabilities = new Float64Array(rows * classes);
  for (let row = 0; row < rows; row++) {
    const to = row * classes;
    probabilities.set(shares, to);
    // Not the number of votes: leaves are rounded to float32.
    let sum = 1;
    for (let t = 0; t < roots.length; t++) {
      const from = leafOf(forest, roots[t], values, row * columns) * classes;
      for (let k = 0; k < classes; k++) {
        probabilities[to + k] += leafShares[from + k];
        sum += leafShares[from + k];
      }
    }
    for (let k = 0; k < classes; k++) probabilities[to + k] /= sum;
  }
  return probabilities;
}
