import type { Matrix } from "../core/Matrix.js";
import type { Predictor } from "../core/Predictor.js";

/** How uncertain a prediction is, by row; total = aleatoric + epistemic, all at least 0. */
export interface Predictive {
  readonly total: Float64Array;
  /** What no further data would take away: noise, as the model sees it. */
  readonly aleatoric: Float64Array;
  /** What the models that the data allow disagree about. */
  readonly epistemic: Float64Array;
}

/** How uncertain a prediction of classes is, in nats. */
export interface ClassPredictive extends Predictive {
  /** Mean over the models, row-major, shape [rows, classes]. */
  readonly probabilities: Float64Array;
}

/** How uncertain a prediction of numbers is: variances, in the square of the unit. */
export interface TargetPredictive extends Predictive {
  /** Mean over the models; the shape of what came in. */
  readonly means: Float64Array;
}

/** A classifier that also says how uncertain it is; `predict` gives the probabilities of `predictive`. */
export interface UncertainPredictor extends Predictor {
  predictive(features: Matrix): ClassPredictive;
}
