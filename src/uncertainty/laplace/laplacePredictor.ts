import { checkResampling } from "../../core/statistics/checkResampling.js";
import { cholesky } from "../../core/statistics/cholesky.js";
import { boxMuller } from "../../core/random/boxMuller.js";
import type { Matrix } from "../../core/Matrix.js";
import type { Random } from "../../core/random/Random.js";
import { softmax } from "../../core/metrics/softmax.js";
import type { LaplacePosterior } from "./classifierLaplace.js";
import { headOutputs } from "./LinearHead.js";
import { outputCovariance } from "./outputCovariance.js";
import type { ClassPredictive, UncertainPredictor } from "../Predictive.js";
import { predictiveEntropy } from "../predictiveEntropy.js";

/** Rows whose draws are held at a time. */
const chunkRows = 1024;

/**
 * A classifier whose head is uncertain: for each row logits are drawn from their normal distribution under the
 * posterior. All rows share one set of standard normal numbers, so that a row's answer does not depend on the rows
 * beside it.
 *
 * @param classes    names by code, one per output of the head
 * @param hiddenOf   last hidden units for features, row-major [rows, units]
 * @param posterior  of classifierLaplace
 * @param options.draws  of logits per row, at least 2 (default 100)
 * @throws RangeError if classes do not fit the head or draws is no whole number of at least 2
 */
export function laplacePredictor(
  classes: readonly string[],
  hiddenOf: (features: Matrix) => ArrayLike<number>,
  posterior: LaplacePosterior,
  random: Random,
  { draws = 100 }: { readonly draws?: number } = {},
): UncertainPredictor {
  const count = classes.length;
  if (count !== posterior.head.biases.length)
    throw new RangeError(
      `laplacePredictor: one class per output of the head is needed; got ${count} for ${posterior.head.biases.length}`,
    );
  checkResampling({ draws }, "laplacePredictor");
  const normals = Float64Array.from(
    Array.from({ length: Math.ceil((draws * count) / 2) }, () => boxMuller(1 - random(), random())).flat(),
  );
  const units = posterior.head.weights.length / count;
  const predictive = (features: Matrix): ClassPredictive => {
    const hidden = Float64Array.from(hiddenOf(features));
    const all: ClassPredictive = {
      probabilities: new Float64Array(features.rows * count),
      total: new Float64Array(features.rows),
      aleatoric: new Float64Array(features.rows),
      epistemic: new Float64Array(features.rows),
    };
    for (let first = 0; first < features.rows; first += chunkRows) {
      const rows = Math.min(chunkRows, features.rows - first);
      const some = predictiveEntropy(
        drawProbabilities(posterior, hidden.subarray(first * units, (first + rows) * units), normals, draws),
        rows,
      );
      all.probabilities.set(some.probabilities, first * count);
      for (const part of ["total", "aleatoric", "epistemic"] as const) all[part].set(some[part], first);
    }
    return all;
  };
  return { classes, predict: (features) => predictive(features).probabilities, predictive };
}

/** One array of probabilities per draw. */
function drawProbabilities(
  posterior: LaplacePosterior,
  hidden: Float64Array,
  normals: Float64Array,
  draws: number,
): Float64Array[] {
  const classes = posterior.head.biases.length;
  const logits = headOutputs(hidden, posterior.head);
  const roots = outputCovariance(posterior, hidden);
  for (let from = 0; from < roots.length; from += classes * classes)
    cholesky(roots.subarray(from, from + classes * classes), classes, { lostPivot: "zero" });
  return Array.from({ length: draws }, (_, draw) => {
    const drawn = Float64Array.from(logits);
    for (let at = 0; at < drawn.length; at++)
      for (let l = 0; l <= at % classes; l++) drawn[at] += roots[at * classes + l] * normals[draw * classes + l];
    return softmax(drawn, classes);
  });
}
