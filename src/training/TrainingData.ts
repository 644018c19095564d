import type { Matrix } from "../core/Matrix.js";

/**
 * What a network learns from: labels, targets, or both. Only rows of `train` and `tune`
 * are read; nothing of other rows is looked at.
 */
export interface TrainingData {
  readonly features: Matrix;
  /** Class codes by row of `features`. */
  readonly labels?: ArrayLike<number>;
  /** Names by class code, at least two; needed with labels. */
  readonly classes?: readonly string[];
  /**
   * Row-major [rows of `features`, targetNames]; NaN where unknown.
   * Standardise them: the loss is their mean square error.
   */
  readonly targets?: ArrayLike<number>;
  readonly targetNames?: readonly string[];
  /** By row, at least 0 (default 1 each). */
  readonly weights?: ArrayLike<number>;
  /** Rows to learn from; one may come several times (default all rows). */
  readonly train?: Uint32Array;
  /** Rows that decide when to stop; without them all epochs are run. */
  readonly tune?: Uint32Array;
}
