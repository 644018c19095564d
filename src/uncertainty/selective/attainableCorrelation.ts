import { checkProbabilities } from "../../core/metrics/checkProbabilities.js";
import { argmax } from "../../core/metrics/argmax.js";

/**
 * Correlation of errors with the best uncertainty that there can be, the true probability e of a row's prediction
 * being wrong. It is sd(e) / √(mean(e) (1 - mean(e))). Labels are drawn even where all is known, so it stays below 1.
 *
 * @param probabilities      predicted, row-major, shape [n, classes]
 * @param trueProbabilities  as a generator knows them, the same shape
 * @param rows               n, at least 1
 * @returns in [0, 1]; null where every prediction is surely right, or surely wrong
 * @throws RangeError if shapes differ or rows are no probabilities
 */
export function attainableCorrelation(
  probabilities: ArrayLike<number>,
  trueProbabilities: ArrayLike<number>,
  rows: number,
): number | null {
  const classes = checkProbabilities(probabilities, rows, "attainableCorrelation");
  if (checkProbabilities(trueProbabilities, rows, "attainableCorrelation, true") !== classes)
    throw new RangeError(
      "attainableCorrelation: predicted and true probabilities must have one shape; " +
        `got ${probabilities.length} and ${trueProbabilities.length} numbers`,
    );
  const wrong = Float64Array.from(
    argmax(probabilities, classes),
    (code, row) => 1 - trueProbabilities[row * classes + code],
  );
  const mean = wrong.reduce((a, b) => a + b) / rows;
  const variance = wrong.reduce((sum, one) => sum + (one - mean) ** 2, 0) / rows;
  return mean > 0 && mean < 1 ? Math.sqrt(variance / (mean * (1 - mean))) : null;
}
