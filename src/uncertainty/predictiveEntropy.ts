import { entropyTerm } from "../core/statistics/entropyTerm.js";
import { checkProbabilities } from "../core/metrics/checkProbabilities.js";
import type { ClassPredictive } from "./Predictive.js";

/**
 * Uncertainty of classes from the probabilities of several models, or of several draws of one. Total is the entropy
 * of their mean, aleatoric the mean of their entropies, and epistemic the difference, which is the mutual information
 * of class and model.
 *
 * @param samples  at least two, each row-major, shape [rows, classes]
 * @param rows     at least 1
 * @throws RangeError if there are fewer than two samples, their lengths differ, or a row is no probabilities (sample
 *   and row named)
 * @see Depeweg et al. 2018, arXiv:1710.07283, equation 1
 */
export function predictiveEntropy(samples: readonly ArrayLike<number>[], rows: number): ClassPredictive {
  const count = samples.length;
  if (count < 2)
    throw new RangeError(
      `predictiveEntropy: at least two models are needed, for one alone cannot disagree; got ${count}`,
    );
  samples.forEach((sample, s) => {
    if (sample.length !== samples[0].length)
      throw new RangeError(
        "predictiveEntropy: all samples must have one length; " +
          `sample ${s} has ${sample.length}, sample 0 ${samples[0].length}`,
      );
    checkProbabilities(sample, rows, `predictiveEntropy, sample ${s}`);
  });
  const classes = samples[0].length / rows;
  const probabilities = new Float64Array(rows * classes);
  const aleatoric = new Float64Array(rows);
  for (const sample of samples) {
    for (let row = 0, at = 0; row < rows; row++) {
      let entropy = 0;
      for (let k = 0; k < classes; k++, at++) {
        probabilities[at] += sample[at] / count;
        entropy += entropyTerm(sample[at]);
      }
      aleatoric[row] += entropy / count;
    }
  }
  const total = new Float64Array(rows);
  const epistemic = new Float64Array(rows);
  for (let row = 0, at = 0; row < rows; row++) {
    let entropy = 0;
    for (let k = 0; k < classes; k++, at++) entropy += entropyTerm(probabilities[at]);
    // By Jensen it is at least the mean entropy; rounding may say otherwise where all agree.
    epistemic[row] = Math.max(0, entropy - aleatoric[row]);
    total[row] = aleatoric[row] + epistemic[row];
  }
  return { probabilities, total, aleatoric, epistemic };
}
