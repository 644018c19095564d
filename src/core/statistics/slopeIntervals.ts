import { Matrix, inverse } from "ml-matrix";
import type { Interval } from "./Interval.js";
import { checkLevel } from "./checkLevel.js";
import { evaluateLinear } from "./leastSquares.js";
import { studentQuantile } from "./studentQuantile.js";

/**
 * Intervals of least-squares coefficients under independent errors of equal variance (Student's t).
 *
 * @param features      shape [n][p], as given to leastSquares
 * @param target        shape [n]
 * @param coefficients  what leastSquares returned, shape [p + 1]
 * @returns one interval per coefficient, the intercept first
 * @throws RangeError if there are no more rows than coefficients: nothing is left to judge the scatter by
 */
export function slopeIntervals(
  features: readonly (readonly number[])[],
  target: readonly number[],
  coefficients: readonly number[],
  { level = 0.95 }: { readonly level?: number } = {},
): readonly Interval[] {
  checkLevel(level, "slopeIntervals");
  const freedom = features.length - coefficients.length;
  if (freedom < 1)
    throw new RangeError(`slopeIntervals: more than ${coefficients.length} rows are needed; got ${features.length}`);
  const variance =
    features.reduce((total, row, i) => total + (target[i] - evaluateLinear(coefficients, row)) ** 2, 0) / freedom;
  const design = new Matrix(features.map((row) => [1, ...row]));
  const covariance = inverse(design.transpose().mmul(design)).mul(variance);
  const factor = studentQuantile(1 - (1 - level) / 2, freedom);
  return coefficients.map((value, i) => {
    const half = factor * Math.sqrt(covariance.get(i, i));
    return { low: value - half, high: value + half, level, method: `Student t, ${freedom} degrees of freedom` };
  });
}
