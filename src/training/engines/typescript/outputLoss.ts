import type { Architecture } from "../../Network.js";
import type { LossSums } from "../TrainingEngine.js";

/** What is known of the rows of a batch. */
export interface Answers {
  readonly labels: ArrayLike<number>;
  /** Row-major [rows, targets], NaN where unknown. */
  readonly targets: ArrayLike<number>;
  readonly weights: ArrayLike<number>;
}

/**
 * Loss of a batch and its slope by each output. Cross-entropy against the label, or with smoothing ε against 1 - ε on
 * the label and ε spread evenly over all classes (Szegedy et al. 2016, doi:10.1109/CVPR.2016.308); squares for targets.
 * Both are divided by the weight they come with, so that a batch of rare rows weighs as much as any other.
 *
 * @param outputs  row-major [rows, classes + targets]
 */
export function outputLoss(
  architecture: Architecture,
  outputs: Float64Array,
  { labels, targets, weights }: Answers,
  { labelSmoothing, targetShare }: { readonly labelSmoothing: number; readonly targetShare: number },
): { readonly sums: LossSums; readonly slopes: Float64Array } {
  const [classes, targetCount] = [architecture.classes.length, architecture.targets.length];
  const width = classes + targetCount;
  const rows = outputs.length / width;
  const slopes = new Float64Array(outputs.length);
  const sums = { crossEntropy: 0, rowWeight: 0, squares: 0, targetWeight: 0 };
  for (let row = 0; row < rows; row++) {
    const weight = weights[row];
    if (classes > 0) {
      const logarithms = logProbabilities(outputs.subarray(row * width, row * width + classes));
      sums.rowWeight += weight;
      for (let k = 0; k < classes; k++) {
        const wanted = labelSmoothing / classes + (k === labels[row] ? 1 - labelSmoothing : 0);
        if (wanted > 0) sums.crossEntropy -= weight * wanted * logarithms[k];
        slopes[row * width + k] = weight * (Math.exp(logarithms[k]) - wanted);
      }
    }
    for (let t = 0; t < targetCount; t++) {
      const target = targets[row * targetCount + t];
      // An unknown target says nothing, so nothing follows from it.
      if (Number.isNaN(target)) continue;
      const error = outputs[row * width + classes + t] - target;
      sums.squares += weight * error * error;
      sums.targetWeight += weight;
      slopes[row * width + classes + t] = 2 * targetShare * weight * error;
    }
  }
  for (let i = 0; i < slopes.length; i++) {
    const total = i % width < classes ? sums.rowWeight : sums.targetWeight;
    slopes[i] = total > 0 ? slopes[i] / total : 0;
  }
  return { sums, slopes };
}

/** Shifted by the greatest logit, so that no exponential overflows. */
function logProbabilities(logits: Float64Array): Float64Array {
  const greatest = logits.reduce((a, b) => Math.max(a, b), -Infinity);
  let total = 0;
  for (const logit of logits) total += Math.exp(logit - greatest);
  const shift = greatest + Math.log(total);
  return logits.map((logit) => logit - shift);
}
