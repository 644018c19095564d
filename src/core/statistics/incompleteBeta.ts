import { logBeta } from "./logGamma.js";

/** Of a continued fraction that has converged, the next factor differs from 1 by less. */
const settled = 1e-16;
const tiny = 1e-300;

/**
 * Regularised incomplete beta function I_x(a, b), the distribution function of a beta variable, by its continued
 * fraction. Tails of Student's and Fisher's distributions follow from it.
 *
 * @param x    in [0, 1]
 * @param a,b  above 0
 * @returns in [0, 1], to about 1e-13 relative
 * @see Abramowitz & Stegun 1964, 26.5.8; Lentz 1976, doi:10.1364/AO.15.000668
 *
 * @example
 * ```ts
 * import { incompleteBeta } from "cspbbr3-twin";
 *
 * console.log(incompleteBeta(0.5, 2, 3).toFixed(4));
 * // 0.6875
 * ```
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (!(x >= 0 && x <= 1 && a > 0 && b > 0))
    throw new RangeError(`incompleteBeta: x must lie in [0, 1], a and b above 0; got ${x}, ${a} and ${b}`);
  if (x === 0 || x === 1) return x;
  // It converges fast on this side of the mean alone.
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - logBeta([a, b])) / a;
  let [c, d, fraction] = [1, 0, 1];
  for (let i = 0; i < 10_000; i++) {
    const m = Math.floor(i / 2);
    const term =
      i === 0
        ? 1
        : i % 2 === 0
          ? (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
          : -((a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + term * d);
    c = away(1 + term / c);
    fraction *= c * d;
    if (Math.abs(1 - c * d) < settled) break;
  }
  return front * (fraction - 1);
}

const away = (value: number): number => (Math.abs(value) < tiny ? tiny : value);

/** Probability that Student's variable lies as far from 0 as t, on either side. */
export function studentTails(t: number, freedom: number): number {
  return t === Infinity || t === -Infinity ? 0 : incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5);
}

/** Probability that Fisher's variable of so many degrees of freedom is at least f. */
export function fisherTail(f: number, between: number, within: number): number {
  return f === Infinity ? 0 : incompleteBeta(within / (within + between * f), within / 2, between / 2);
}
