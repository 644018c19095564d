import type { Interval } from "./Interval.js";
import { studentQuantile } from "./studentQuantile.js";

/** A value with its interval; where both ends are the value, there is none. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** A value with its interval, widened to hold it: the interval of a debiased or resampled statistic may lie beside it. */
export function estimateOf(value: number, { low, high }: Pick<Interval, "low" | "high">): Estimate {
  return { value, low: Math.min(value, low), high: Math.max(value, high) };
}

/** Mean of independent values with Student's 95 % interval. */
export function studentEstimate(values: readonly number[]): Estimate {
  const n = values.length;
  const value = values.reduce((a, b) => a + b, 0) / n;
  const error = Math.sqrt(values.reduce((total, one) => total + (one - value) ** 2, 0) / (n - 1) / n);
  const reach = studentQuantile(0.975, n - 1) * error;
  return { value, low: value - reach, high: value + reach };
}

/** An estimate as a cell of a table: "0.717 [0.703, 0.730]". */
export function estimateInWords({ value, low, high }: Estimate): string {
  return `${inDigits(value)} [${inDigits(low)}, ${inDigits(high)}]`;
}

/** Three decimals; what rounds to nothing has no sign. */
function inDigits(number: number): string {
  return number.toFixed(3).replace(/^-(?=0\.000$)/, "");
}
