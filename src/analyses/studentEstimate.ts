import { studentQuantile } from "../core/studentQuantile.js";
import type { Estimate } from "../figures/plotEstimatePairs.js";

/** Mean of independent values with Student's 95 % interval. */
export function studentEstimate(values: readonly number[]): Estimate {
  const n = values.length;
  const value = values.reduce((a, b) => a + b, 0) / n;
  const error = Math.sqrt(values.reduce((total, one) => total + (one - value) ** 2, 0) / (n - 1) / n);
  const reach = studentQuantile(0.975, n - 1) * error;
  return { value, low: value - reach, high: value + reach };
}
