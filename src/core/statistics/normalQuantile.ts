import { createRequire } from "node:module";

type InverseComplementaryError = (x: number) => number;
let loaded: InverseComplementaryError | undefined;

/**
 * Quantile of the standard normal distribution, -√2 erfc⁻¹(2p), by stdlib; to 1e-13 relative also far out in the tails.
 * Loaded on the first call.
 *
 * @param probability  in [0, 1]; the ends give -∞ and ∞
 */
export function normalQuantile(probability: number): number {
  loaded ??= createRequire(import.meta.url)("@stdlib/math-base-special-erfcinv") as InverseComplementaryError;
  return -Math.SQRT2 * loaded(2 * probability);
}
