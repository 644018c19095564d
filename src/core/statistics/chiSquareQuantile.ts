import { chiSquareTail } from "./chiSquareTail.js";

/**
 * Quantile of the chi-square distribution, by halving an interval on chiSquareTail.
 *
 * @param probability  in (0, 1)
 * @param freedom      whole number of at least 1
 */
export function chiSquareQuantile(probability: number, freedom: number): number {
  let [low, high] = [0, freedom + 10];
  while (chiSquareTail(high, freedom) > 1 - probability) high *= 2;
  // 60 halvings leave nothing of a double's 53 bits.
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (chiSquareTail(middle, freedom) > 1 - probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
