import { betaQuantile } from "./betaQuantile.js";

/**
 * Quantile of Student's t distribution, through that of the beta distribution:
 * with x = t² / (ν + t²), P(T² <= t²) is the regularised incomplete beta function I_x(1/2, ν/2).
 *
 * With one degree of freedom, Cauchy's distribution, it is tan(π(p - 1/2)), which keeps its digits in the tails.
 *
 * @param probability  in (0, 1)
 * @param freedom      ν, above 0
 * @see Abramowitz & Stegun 1964, 26.5.27
 */
export function studentQuantile(probability: number, freedom: number): number {
  if (freedom === 1) return cauchyQuantile(probability);
  const x = betaQuantile(Math.abs(2 * probability - 1), 0.5, freedom / 2);
  return Math.sign(probability - 0.5) * Math.sqrt((freedom * x) / (1 - x));
}

/** Near 0 and 1 as a cotangent of the distance to it, which subtracts nothing. */
function cauchyQuantile(probability: number): number {
  if (probability < 0.25) return -1 / Math.tan(Math.PI * probability);
  if (probability > 0.75) return 1 / Math.tan(Math.PI * (1 - probability));
  return Math.tan(Math.PI * (probability - 0.5));
}
