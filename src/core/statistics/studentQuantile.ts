import { betaQuantile } from "./betaQuantile.js";

/**
 * Quantile of Student's t distribution, through that of the beta distribution:
 * with x = t² / (ν + t²), P(T² <= t²) is the regularised incomplete beta function I_x(1/2, ν/2).
 *
 * @param probability  in (0, 1)
 * @param freedom      ν, above 0
 * @see Abramowitz & Stegun 1964, 26.5.27
 */
export function studentQuantile(probability: number, freedom: number): number {
  const x = betaQuantile(Math.abs(2 * probability - 1), 0.5, freedom / 2);
  return Math.sign(probability - 0.5) * Math.sqrt((freedom * x) / (1 - x));
}
