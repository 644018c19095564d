import { normalProbability } from "./normalProbability.js";

/** Natural logarithm of the smallest share of the mode's density that still counts. */
const negligible = -40;

/**
 * Probability that a noncentral Student variable lies above t: what a test of that limit finds if the true difference
 * is `shift` standard errors. It averages the normal tail over the law of the estimated standard error, by the
 * trapezoid rule in its logarithm, which is exact to rounding for so smooth and falling an integrand.
 *
 * @param t               any finite number
 * @param options.freedom  degrees of freedom, above 0, a broken number too
 * @param options.shift    true difference over its true standard error (default 0: Student's own tail)
 * @returns in [0, 1]
 * @throws RangeError if a number is not finite, or freedom is not above 0
 * @see Johnson, Kotz and Balakrishnan 1995, Continuous Univariate Distributions 2, chapter 31
 *
 * @example
 * ```ts
 * import { noncentralStudent } from "cspbbr3-twin";
 *
 * console.log(noncentralStudent(1.782, { freedom: 12, shift: 2.6 }).toFixed(3));
 * // 0.790
 * ```
 */
export function noncentralStudent(
  t: number,
  { freedom, shift = 0 }: { readonly freedom: number; readonly shift?: number },
): number {
  if (!(Number.isFinite(t) && Number.isFinite(shift) && freedom > 0 && freedom < Infinity))
    throw new RangeError(
      "noncentralStudent: t and shift must be finite and freedom above 0; " +
        `got t ${t}, shift ${shift}, freedom ${freedom}`,
    );
  // Fine enough for the law of the standard error, and for the step of the normal tail where it falls steeply.
  const step = Math.min(0.1 / Math.sqrt(2 * freedom), 0.1 / Math.max(1, Math.abs(shift)), 0.1);
  const logDensity = (u: number): number => freedom * (u + (1 - Math.exp(2 * u)) / 2);
  let [sum, mass] = [0, 0];
  const add = (u: number): boolean => {
    const log = logDensity(u);
    if (log < negligible) return false;
    const density = Math.exp(log);
    mass += density;
    sum += density * normalProbability(shift - t * Math.exp(u));
    return true;
  };
  for (let i = 0; add(i * step); i++);
  for (let i = -1; add(i * step); i--);
  return sum / mass;
}
