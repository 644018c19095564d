/**
 * Below this the series of erf is short and loses nothing that
 * matters; above it the continued fraction of erfc converges fast.
 */
const turn = 2;

/**
 * Complementary error function, 1 - erf(x), to 1e-12 relative also where it is tiny.
 *
 * @see Abramowitz & Stegun 1964, 7.1.6 (series) and 7.1.14 (continued fraction)
 */
export function complementaryError(x: number): number {
  if (x < 0) return 2 - complementaryError(-x);
  if (x < turn) {
    let [term, sum] = [x, x];
    for (let n = 1; term > 1e-17 * sum; n++) {
      term *= (2 * x * x) / (2 * n + 1);
      sum += term;
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
  }
  // From the inside out: x + (1/2)/(x + 1/(x + (3/2)/(x + ...
  let tail = x;
  for (let k = 120; k >= 1; k--) tail = x + k / 2 / tail;
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / tail;
}
