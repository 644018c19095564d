import type { Interval } from "./Interval.js";

/** A number with its interval. */
export interface Estimate {
  readonly value: number;
  readonly interval: Interval;
}

/** A number without an interval: it is exact, or nobody computed one. */
export interface PointEstimate {
  readonly value: number;
  readonly interval: null;
}

/** An estimate, or the reason why there is none; the number alone may still be told. */
export type EstimateOrReason =
  | (Estimate & { readonly reason: null })
  | { readonly value: number | null; readonly interval: null; readonly reason: string };

/**
 * A value with its interval, widened to hold it: the interval of a debiased or resampled statistic may lie beside it.
 * Level and method stay.
 */
export function estimateOf(value: number, interval: Interval): Estimate {
  return { value, interval: { ...interval, low: Math.min(value, interval.low), high: Math.max(value, interval.high) } };
}

/**
 * An estimate that must be there, widened as by estimateOf.
 *
 * @param what  is estimated, for the error
 * @throws RangeError with the reason why there is none
 */
export function knownEstimate(estimate: EstimateOrReason, what: string): Estimate {
  if (estimate.interval === null) throw new RangeError(`${what} cannot be judged: ${estimate.reason}`);
  return estimateOf(estimate.value, estimate.interval);
}
