import { checkFinite, type Matrix } from "../../core/Matrix.js";
import type { Predictor } from "../../core/Predictor.js";
import { checkFeatureNames } from "../checkFeatureNames.js";

/** A grown forest as plain numbers. Nodes of all trees stand in one list. */
export interface Forest {
  readonly classes: readonly string[];
  /** Names of the features, in the order of the columns. */
  readonly names: readonly string[];
  /** First node of each tree. */
  readonly roots: Uint32Array;
  /** Column that a node asks for; -1 for a leaf. */
  readonly column: Int32Array;
  /** A row whose value is at most this goes left; 0 in a leaf. */
  readonly threshold: Float32Array;
  /** The left child, the right one follows it; for a leaf, which row of `leafShares` is its answer. */
  readonly next: Uint32Array;
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

function meanShares(
  { roots, column, threshold, next, leafShares, shares }: Forest,
  { rows, columns, values }: Matrix,
): Float64Array {
  const classes = shares.length;
  const probabilities = new Float64Array(rows * classes);
  for (let row = 0; row < rows; row++) {
    const to = row * classes;
    probabilities.set(shares, to);
    // Not the number of votes: leaves are rounded to float32.
    let sum = 1;
    for (let t = 0; t < roots.length; t++) {
      let node = roots[t];
      while (column[node] >= 0) node = next[node] + (values[row * columns + column[node]] <= threshold[node] ? 0 : 1);
      const from = next[node] * classes;
      for (let k = 0; k < classes; k++) {
        probabilities[to + k] += leafShares[from + k];
        sum += leafShares[from + k];
      }
    }
    for (let k = 0; k < classes; k++) probabilities[to + k] /= sum;
  }
  return probabilities;
}
