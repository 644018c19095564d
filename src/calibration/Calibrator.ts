/**
 * Parameters of a fitted calibrator: plain data, equal after a round trip through JSON, so that it can be stored beside
 * its model. `calibrate` applies it. All work on probabilities, so that any predictor can be calibrated. Fit on the
 * calibrate rows: training rows look better calibrated than new ones, and test rows would no longer test.
 */
export type Calibrator =
  | TemperatureCalibrator
  | VectorCalibrator
  | MatrixCalibrator
  | PlattCalibrator
  | IsotonicCalibrator
  | HistogramCalibrator;

interface Fitted {
  readonly classes: number;
  /**
   * Codes of classes that no row of the fit had: nothing is known of them, and what the predictor said of them is kept.
   */
  readonly withoutRows: readonly number[];
}

/** softmax(log p / temperature). */
export interface TemperatureCalibrator extends Fitted {
  readonly method: "temperature";
  readonly temperature: number;
}

/** softmax(slope_k · log p_k + offset_k). */
export interface VectorCalibrator extends Fitted {
  readonly method: "vector";
  readonly slopes: readonly number[];
  readonly offsets: readonly number[];
}

/** softmax(slopes · log p + offsets); slopes row-major, shape [classes, classes]. */
export interface MatrixCalibrator extends Fitted {
  readonly method: "matrix";
  readonly slopes: readonly number[];
  readonly offsets: readonly number[];
}

/** P = 1 / (1 + exp(a · score + b)), in Platt's notation: a is negative where higher scores are likelier. */
export interface Sigmoid {
  readonly a: number;
  readonly b: number;
}

/** One sigmoid per class on the log odds of its probability; null for a class without rows. */
export interface PlattCalibrator extends Fitted {
  readonly method: "platt";
  readonly curves: readonly (Sigmoid | null)[];
}

/** A function by points: linear between them, constant beyond the first and last. */
export interface Polyline {
  /** Ascending. */
  readonly at: readonly number[];
  readonly values: readonly number[];
}

/** One rising curve per class on its probability; null for a class without rows. */
export interface IsotonicCalibrator extends Fitted {
  readonly method: "isotonic";
  readonly curves: readonly (Polyline | null)[];
}

/** A function by steps: values[i] above upTo[i - 1] and up to upTo[i]; the last value beyond. */
export interface Steps {
  /** Ascending. */
  readonly upTo: readonly number[];
  readonly values: readonly number[];
}

/** One function by steps per class on its probability; null for a class without rows. */
export interface HistogramCalibrator extends Fitted {
  readonly method: "histogram";
  readonly curves: readonly (Steps | null)[];
}
