import type { TargetPredictive } from "./Predictive.js";

/**
 * Uncertainty of numbers from the means and variances that several models predict. Aleatoric is the mean of their
 * variances, epistemic the variance of their means (over the models, not an estimate for others), total the sum: the
 * variance of the mixture of the models.
 *
 * @param means      at least two, all of one length
 * @param variances  of the noise, one array per model, at least 0; zeros where a model predicts none
 * @throws RangeError if there are fewer than two models, lengths differ, a mean is not finite or a variance is
 *   negative (model and place named)
 * @see Lakshminarayanan et al. 2017, arXiv:1612.01474, section 2.4
 */
export function predictiveVariance(
  means: readonly ArrayLike<number>[],
  variances: readonly ArrayLike<number>[],
): TargetPredictive {
  const count = means.length;
  if (count < 2)
    throw new RangeError(
      `predictiveVariance: at least two models are needed, for one alone cannot disagree; got ${count}`,
    );
  if (variances.length !== count)
    throw new RangeError(
      `predictiveVariance: one array of variances per model is needed; got ${variances.length} for ${count} models`,
    );
  const length = means[0].length;
  means.forEach((ofModel, m) => {
    if (ofModel.length !== length || variances[m].length !== length)
      throw new RangeError(
        `predictiveVariance: all means and variances must have one length, ${length}; ` +
          `model ${m} has ${ofModel.length} and ${variances[m].length}`,
      );
    for (let i = 0; i < length; i++) {
      if (!Number.isFinite(ofModel[i]))
        throw new RangeError(`predictiveVariance: means must be finite; model ${m} has ${ofModel[i]} at ${i}`);
      if (!(variances[m][i] >= 0 && variances[m][i] < Infinity))
        throw new RangeError(
          `predictiveVariance: variances must be finite and at least 0; model ${m} has ${variances[m][i]} at ${i}`,
        );
    }
  });
  const mean = (of: readonly ArrayLike<number>[], i: number): number =>
    of.reduce((sum, one) => sum + one[i], 0) / count;
  const mixed = Float64Array.from({ length }, (_, i) => mean(means, i));
  const aleatoric = Float64Array.from({ length }, (_, i) => mean(variances, i));
  const epistemic = mixed.map((centre, i) => means.reduce((sum, one) => sum + (one[i] - centre) ** 2, 0) / count);
  return { means: mixed, total: aleatoric.map((part, i) => part + epistemic[i]), aleatoric, epistemic };
}
