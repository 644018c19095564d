/**
 * Two-sided interval with what it claims and how it was made, from its birth to the evidence.
 *
 * Never build one from the ends of another: level and method would have to be typed again, and could be wrong.
 */
export interface Interval {
  readonly low: number;
  readonly high: number;
  /** Coverage, in (0, 1): 0.95. */
  readonly level: number;
  /** "Wilson", "percentile bootstrap by paper, 2000 draws". */
  readonly method: string;
}

/** An interval, or the reason why there is none. */
export type IntervalOrReason =
  { readonly interval: Interval; readonly reason: null } | { readonly interval: null; readonly reason: string };
