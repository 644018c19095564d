import { complementaryError } from "./complementaryError.js";

/**
 * Probability that a chi-square variable is at least x: a finite
 * sum of positive terms, so that tiny probabilities are right too.
 *
 * @param x        at least 0
 * @param freedom  whole number of at least 1
 * @throws RangeError if they are not
 * @see Abramowitz & Stegun 1964, 26.4.4 and 26.4.5
 */
export function chiSquareTail(x: number, freedom: number): number {
  if (!(x >= 0 && Number.isInteger(freedom) && freedom >= 1))
    throw new RangeError(
      "chiSquareTail: x must be at least 0 and the degrees of " +
        `freedom a whole number of at least 1; got ${x} and ${freedom}`,
    );
  if (x === 0) return 1;
  if (x === Infinity) return 0;
  const half = x / 2;
  const isOdd = freedom % 2 === 1;
  // Terms half^j e^-half / Γ(j + 1), at j = 0, 1, ... or 1/2, 3/2, ...; their logarithms do not overflow.
  let logTerm = isOdd ? Math.log(half) / 2 - half - Math.log(Math.sqrt(Math.PI) / 2) : -half;
  let sum = isOdd ? complementaryError(Math.sqrt(half)) : 0;
  for (let j = isOdd ? 0.5 : 0; j < freedom / 2 - 0.5; j++) {
    sum += Math.exp(logTerm);
    logTerm += Math.log(half / (j + 1));
  }
  return Math.min(sum, 1);
}
