import type { Matrix } from "../core/Matrix.js";
import { softmax } from "../core/metrics/softmax.js";
import type { Network } from "../training/Network.js";
import { networkOutputs, type OutputEngine } from "../training/networkOutputs.js";

/** What networks say of rows of features. */
export interface NetworkAnswers {
  /** Row-major [rows, phases]. */
  readonly probabilities: Float64Array;
  /** Standardised, row-major [rows, targets]. */
  readonly targets: Float64Array;
}

/** A number of each recipe with the ends of its interval, in its unit. */
export type SaidNumbers = Readonly<Record<"value" | "low" | "high", Float64Array>>;

/** What a model says of recipes. */
export interface PhaseAnswers extends NetworkAnswers {
  /**
   * Probabilities by the model of each fold, where sets come from a cross-validation (crossConformalSets): row-major
   * [rows, phases].
   */
  readonly folds?: readonly Float64Array[];
  /** Numbers with the ends of their intervals, in their units, by quantity; else they follow from the targets. */
  readonly numbers?: readonly SaidNumbers[];
}

/**
 * Means over the members; of one member its own.
 *
 * @param engine  what computes (default the readable engine: float64, the same on every machine)
 */
export function meanAnswers(members: readonly Network[], features: Matrix, engine?: OutputEngine): NetworkAnswers {
  const { classes, targets } = members[0];
  const width = classes.length + targets.length;
  const sums = {
    probabilities: new Float64Array(features.rows * classes.length),
    targets: new Float64Array(features.rows * targets.length),
  };
  for (const member of members) {
    const outputs = networkOutputs(member, features, engine);
    const own = softmax(outputs, classes.length, width);
    for (let i = 0; i < own.length; i++) sums.probabilities[i] += own[i];
    for (let row = 0; row < features.rows; row++)
      for (let k = 0; k < targets.length; k++)
        sums.targets[row * targets.length + k] += outputs[row * width + classes.length + k];
  }
  if (members.length > 1)
    for (const all of [sums.probabilities, sums.targets]) for (let i = 0; i < all.length; i++) all[i] /= members.length;
  return sums;
}
