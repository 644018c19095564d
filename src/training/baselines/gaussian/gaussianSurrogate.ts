import type { Matrix } from "../../../core/Matrix.js";
import { trainGaussianRegressor } from "./trainGaussianRegressor.js";

/** What a Gaussian process believes of a function at points where it is not known. */
export interface GaussianSurrogate {
  readonly means: (points: Matrix) => Float64Array;
  /** Standard deviations of the function itself, without the noise of a measurement. */
  readonly deviations: (points: Matrix) => Float64Array;
}

/**
 * A Gaussian process of values that were found at points, as gaussianSampler learns from trials.
 *
 * @param values  one per point
 * @throws RangeError as trainGaussianRegressor
 */
export function gaussianSurrogate(points: Matrix, values: Float64Array): GaussianSurrogate {
  const model = trainGaussianRegressor(points, values, ["value"]);
  return {
    means: model.predictTargets,
    deviations: (asked) => model.predictDeviations(asked, { noise: false }),
  };
}
