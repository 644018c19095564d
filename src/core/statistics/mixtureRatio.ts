/**
 * Mixture likelihood ratio of a difference against none: differences are mixed as a Gaussian about 0 (mSPRT).
 *
 * Its inverse, the least so far, is a probability that may be looked at after each row.
 *
 * @param difference  observed
 * @param variance    of the observed difference, above 0
 * @param mixed       variance of the differences that are mixed, above 0: about the square of one that matters
 * @see Johari, Pekelis and Walsh 2022, doi:10.1287/opre.2021.2135
 *
 * @example
 * ```ts
 * import { mixtureRatio } from "cspbbr3-twin";
 *
 * const rows = 1000;
 * console.log((1 / mixtureRatio(0.05, 0.2 / rows, 0.001)).toFixed(4));
 * // 0.0134
 * ```
 */
export function mixtureRatio(difference: number, variance: number, mixed: number): number {
  const both = variance + mixed;
  return Math.sqrt(variance / both) * Math.exp((mixed * difference ** 2) / (2 * variance * both));
}
