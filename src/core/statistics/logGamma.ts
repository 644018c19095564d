/** Stirling's series is exact to rounding from here on. */
const far = 10;

/**
 * Natural logarithm of the gamma function, to 1e-14 relative: Stirling's series, reached by the recurrence.
 *
 * @param x  above 0
 * @see Abramowitz & Stegun 1964, 6.1.41
 */
export function logGamma(x: number): number {
  let [at, product] = [x, 1];
  for (; at < far; at++) product *= at;
  const inverse = 1 / (at * at);
  const series =
    (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse * (1 / 1680 - inverse * (1 / 1188))))) / at;
  return (at - 0.5) * Math.log(at) - at + Math.log(2 * Math.PI) / 2 + series - Math.log(product);
}

/** Natural logarithm of the multivariate beta function, Π Γ(x_i) / Γ(Σ x_i). */
export function logBeta(values: readonly number[]): number {
  const sum = values.reduce((total, value) => total + value, 0);
  return values.reduce((total, value) => total + logGamma(value), 0) - logGamma(sum);
}
