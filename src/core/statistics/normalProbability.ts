import { complementaryError } from "./complementaryError.js";

/** Probability that a standard normal variable is at most z; to 1e-12 relative also far out on the left. */
export function normalProbability(z: number): number {
  return complementaryError(-z / Math.SQRT2) / 2;
}
