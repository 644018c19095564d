import type { EstimateOrReason } from "../../core/statistics/Estimate.js";

/** Of a value: sums of equal numbers differ by as little. */
const rounding = 1e-9;

/**
 * An estimate of a mean without its interval where that has no width: rows that are all alike, as where a constant
 * answer is always right, do not tell how others would scatter.
 */
export function unlessAlike(estimate: EstimateOrReason): EstimateOrReason {
  const { value, interval } = estimate;
  if (interval === null || interval.high - interval.low > rounding * Math.max(1, Math.abs(value))) return estimate;
  return { value, interval: null, reason: "all rows are alike, and do not tell how others would scatter" };
}
