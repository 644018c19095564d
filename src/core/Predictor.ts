import type { Matrix } from "./Matrix.js";

/** A fitted classifier as other stages see it: features in, probabilities out. */
export interface Predictor {
  /** Names by class code; column k of the probabilities belongs to `classes[k]`. */
  readonly classes: readonly string[];
  /** Probabilities, row-major, shape [rows, classes]; each row sums to 1. */
  predict(features: Matrix): Float64Array;
}
