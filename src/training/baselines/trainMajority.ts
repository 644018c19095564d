import { checkCodes } from "../../core/metrics/checkCodes.js";
import type { Predictor } from "../../core/Predictor.js";
import { rowWeights } from "../../core/statistics/rowWeights.js";

/** A model that answers every row alike, with the shares of the classes in training. */
export interface MajorityModel extends Predictor {
  /** Weighted shares by class code, sum 1. */
  readonly shares: Float64Array;
}

/**
 * The honest baseline: whatever the recipe, the probabilities are the class shares of training, and the likeliest class
 * is the most frequent one. A model that does not beat it has learned nothing from the features.
 *
 * @param labels   class codes below `classes.length`, shape [rows], at least one
 * @param classes  names by code; one that never occurs has share 0
 * @param options.weights  one per row (default 1 each)
 * @throws RangeError if a label is no code, or weights are negative or all 0
 */
export function trainMajority(
  labels: ArrayLike<number>,
  classes: readonly string[],
  { weights }: { readonly weights?: ArrayLike<number> } = {},
): MajorityModel {
  const rowWeight = rowWeights(weights, labels.length, "trainMajority");
  checkCodes(labels, classes.length, "trainMajority");
  const shares = new Float64Array(classes.length);
  let total = 0;
  for (let row = 0; row < labels.length; row++) {
    shares[labels[row]] += rowWeight[row];
    total += rowWeight[row];
  }
  for (let k = 0; k < shares.length; k++) shares[k] /= total;
  return {
    classes,
    shares,
    predict: ({ rows }) => {
      const probabilities = new Float64Array(rows * shares.length);
      for (let row = 0; row < rows; row++) probabilities.set(shares, row * shares.length);
      return probabilities;
    },
  };
}
