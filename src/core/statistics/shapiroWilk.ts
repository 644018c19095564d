import { checkNumbers } from "./checkNumbers.js";
import { normalProbability } from "./normalProbability.js";
import { normalQuantile } from "./normalQuantile.js";
import { sampleMoments } from "./sampleMoments.js";

/** Whether numbers look normal. */
export interface ShapiroWilk {
  /** W, at most 1: near 1 where they do; null where all numbers are equal. */
  readonly statistic: number | null;
  readonly pValue: number | null;
}

/** Polynomial, lowest power first. */
const poly = (coefficients: readonly number[], x: number): number =>
  coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0);

/**
 * Shapiro and Wilk's test of whether independent numbers are normal, by Royston's approximation (AS R94).
 *
 * @param values  finite, 3 to 5,000
 * @throws InputError if there are fewer, or one is not finite; RangeError if there are more
 * @see Royston 1995, doi:10.2307/2986146
 *
 * @example
 * ```ts
 * import { shapiroWilk } from "cspbbr3-twin";
 *
 * const { statistic, pValue } = shapiroWilk([2.1, 2.4, 2.2, 2.6, 2.3, 2.5, 2.2, 9]);
 * console.log(statistic?.toFixed(2), pValue! < 0.001);
 * // 0.49 true
 * ```
 */
export function shapiroWilk(values: ArrayLike<number>): ShapiroWilk {
  checkNumbers(values, "shapiroWilk", 3);
  const n = values.length;
  if (n > 5000) throw new RangeError(`shapiroWilk: Royston's approximation holds up to 5,000 numbers; got ${n}`);
  const sorted = Float64Array.from(values).sort();
  const { mean, variance } = sampleMoments(sorted);
  if (variance === 0) return { statistic: null, pValue: null };
  const weights = weightsOf(n);
  const product = weights.reduce((sum, weight, i) => sum + weight * (sorted[n - 1 - i] - sorted[i]), 0);
  const squares = sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const statistic = Math.min(1, product ** 2 / squares);
  return { statistic, pValue: tailOf(statistic, n) };
}

/** Of the upper half of the order statistics, largest first. */
function weightsOf(n: number): readonly number[] {
  if (n === 3) return [Math.SQRT1_2];
  const half = Math.floor(n / 2);
  const scores = Array.from({ length: half }, (_, i) => normalQuantile((i + 1 - 0.375) / (n + 0.25)));
  const total = 2 * scores.reduce((sum, score) => sum + score ** 2, 0);
  const root = 1 / Math.sqrt(n);
  const first = poly([0, 0.221157, -0.147981, -2.07119, 4.434685, -2.706056], root) - scores[0] / Math.sqrt(total);
  if (n <= 5) {
    const scale = Math.sqrt((total - 2 * scores[0] ** 2) / (1 - 2 * first ** 2));
    return [first, ...scores.slice(1).map((score) => -score / scale)];
  }
  const second = poly([0, 0.042981, -0.293762, -1.752461, 5.682633, -3.582633], root) - scores[1] / Math.sqrt(total);
  const scale = Math.sqrt((total - 2 * scores[0] ** 2 - 2 * scores[1] ** 2) / (1 - 2 * first ** 2 - 2 * second ** 2));
  return [first, second, ...scores.slice(2).map((score) => -score / scale)];
}

function tailOf(statistic: number, n: number): number {
  if (n === 3) {
    const p = (6 / Math.PI) * (Math.asin(Math.sqrt(statistic)) - Math.asin(Math.sqrt(0.75)));
    return Math.min(1, Math.max(0, p));
  }
  if (statistic === 1) return 1;
  const y = Math.log(1 - statistic);
  if (n <= 11) {
    const gamma = poly([-2.273, 0.459], n);
    if (y >= gamma) return 1e-99;
    const mean = poly([0.544, -0.39978, 0.025054, -6.714e-4], n);
    const deviation = Math.exp(poly([1.3822, -0.77857, 0.062767, -0.0020322], n));
    return normalProbability(-(-Math.log(gamma - y) - mean) / deviation);
  }
  const log = Math.log(n);
  const mean = poly([-1.5861, -0.31082, -0.083751, 0.0038915], log);
  const deviation = Math.exp(poly([-0.4803, -0.082676, 0.0030302], log));
  return normalProbability(-(y - mean) / deviation);
}
