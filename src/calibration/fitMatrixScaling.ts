import type { MatrixCalibrator } from "./Calibrator.js";
import { fitScaling } from "./fitScaling.js";

/**
 * Matrix scaling, Platt scaling for several classes at once: multinomial logistic regression on the logarithms of the
 * probabilities. It is softmax(slopes · log p + offsets), under a normal prior of standard deviation 1 / √penalty
 * about the identity. It can also mend which class is taken for which; with its classes · (classes + 1) parameters it
 * asks for many rows. On its own rows it never raises the log loss. A class without rows keeps its row of the
 * identity.
 *
 * @param labels         true class codes, shape [n], n at least 2, of at least 2 classes
 * @param probabilities  row-major, shape [n, classes], rows sum to 1; below 1e-15 they count as that
 * @param options.weights  one per row (default 1 each)
 * @param options.penalty  above 0 (default 1)
 * @throws RangeError if those do not hold
 * @see Guo et al. 2017, arXiv:1706.04599, section 4.2 (matrix scaling); Kull et al. 2019, arXiv:1910.12656 (on
 *   logarithms of probabilities)
 */
export function fitMatrixScaling(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  { weights, penalty = 1 }: { readonly weights?: ArrayLike<number>; readonly penalty?: number } = {},
): MatrixCalibrator {
  return {
    method: "matrix",
    ...fitScaling(labels, probabilities, { weights, penalty, diagonal: false, caller: "fitMatrixScaling" }),
  };
}
