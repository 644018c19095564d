import type { Interval } from "../core/Evidence.js";
import type { Estimate } from "../figures/plotEstimatePairs.js";

/** A value with its interval, widened to hold it: the interval of a debiased or resampled statistic may lie beside it. */
export function estimateOf(value: number, { low, high }: Pick<Interval, "low" | "high">): Estimate {
  return { value, low: Math.min(value, low), high: Math.max(value, high) };
}
