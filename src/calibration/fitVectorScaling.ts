import type { VectorCalibrator } from "./Calibrator.js";
import { fitScaling } from "./fitScaling.js";

/**
 * Vector scaling: softmax(slope_k · log p_k + offset_k), fitted to make the labels likeliest. A normal prior of
 * standard deviation 1 / √penalty holds slopes to 1 and offsets to 0. The prior keeps the fit finite where classes
 * separate, and fades as rows come in. On its own rows it never raises the log loss. A class without rows keeps slope
 * 1 and offset 0.
 *
 * @param labels         true class codes, shape [n], n at least 2, of at least 2 classes
 * @param probabilities  row-major, shape [n, classes], rows sum to 1; below 1e-15 they count as that
 * @param options.weights  one per row (default 1 each)
 * @param options.penalty  above 0 (default 1)
 * @throws RangeError if those do not hold
 * @see Guo et al. 2017, arXiv:1706.04599, section 4.2 (without the prior)
 */
export function fitVectorScaling(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  { weights, penalty = 1 }: { readonly weights?: ArrayLike<number>; readonly penalty?: number } = {},
): VectorCalibrator {
  const { classes, withoutRows, slopes, offsets } = fitScaling(labels, probabilities, {
    weights,
    penalty,
    diagonal: true,
    caller: "fitVectorScaling",
  });
  return {
    method: "vector",
    classes,
    withoutRows,
    slopes: slopes.filter((_, at) => at % (classes + 1) === 0),
    offsets,
  };
}
