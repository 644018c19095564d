import type { ResamplingOptions } from "../../core/statistics/checkResampling.js";

/** How an interval draws its rows. */
export interface EstimateOptions extends ResamplingOptions {
  /** Group of each row (lab, batch, DOI), shape [n]; by default each row is its own. */
  readonly groups?: readonly (string | number)[];
}

/** Why there is no interval; null where there can be one. */
export function tooFewGroups(groups: readonly (string | number)[], unit: string): string | null {
  const count = new Set(groups).size;
  return count < 2 ? `an interval needs at least two of each ${unit}; got ${count}` : null;
}
