import { softmax } from "../../core/metrics/softmax.js";
import type { LaplacePosterior } from "./classifierLaplace.js";
import { headOutputs } from "./LinearHead.js";
import { outputCovariance } from "./outputCovariance.js";

/**
 * Mean probabilities under a posterior of the head without drawing from it: softmax(z / √(1 + π/8 v)), logits z
 * shrunk by their own variances v. Quick and cautious: it takes logits for independent of one another, so that a
 * shift of all of them together, which no data can rule out and which changes no probability, shrinks them too.
 * Drawing (laplacePredictor) does not.
 *
 * @param hidden  row-major [rows, units]
 * @returns row-major [rows, classes]
 * @throws RangeError if hidden units do not fit the head or are not finite
 * @see MacKay 1992, doi:10.1162/neco.1992.4.5.720; for several classes Gibbs 1997, as in Daxberger et al. 2021,
 *   arXiv:2106.14806
 */
export function probitProbabilities(posterior: LaplacePosterior, hidden: ArrayLike<number>): Float64Array {
  const covariance = outputCovariance(posterior, hidden);
  const classes = posterior.head.biases.length;
  const logits = headOutputs(hidden, posterior.head);
  return softmax(
    logits.map((logit, i) => logit / Math.sqrt(1 + (Math.PI / 8) * covariance[i * classes + (i % classes)])),
    classes,
  );
}
