import type { Estimate } from "../../src/core/statistics/Estimate.js";

/** A made-up estimate. */
export function estimate(value: number, low: number, high: number, level = 0.95): Estimate {
  return { value, interval: { low, high, level, method: "made up" } };
}
