import type { Estimate } from "./Estimate.js";
import { checkLevel } from "./checkLevel.js";
import { studentQuantile } from "./studentQuantile.js";

/**
 * Mean of independent values with Student's interval.
 *
 * @param values         shape [n], n at least 2
 * @param options.over   what the values are of, for the method text
 * @param options.level  two-sided, in (0, 1) (default 0.95)
 * @throws InputError if the level does not lie in (0, 1)
 */
export function studentEstimate(
  values: readonly number[],
  { over = "values", level = 0.95 }: { readonly over?: string; readonly level?: number } = {},
): Estimate {
  checkLevel(level, "studentEstimate");
  const n = values.length;
  const value = values.reduce((a, b) => a + b, 0) / n;
  const error = Math.sqrt(values.reduce((total, one) => total + (one - value) ** 2, 0) / (n - 1) / n);
  const reach = studentQuantile((1 + level) / 2, n - 1) * error;
  return { value, interval: { low: value - reach, high: value + reach, level, method: `Student over ${n} ${over}` } };
}
