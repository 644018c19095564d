import type { ArmCounts } from "./ArmCounts.js";

/** By how much shares of two arms differ. */
export interface ShareDifference {
  /** Share of the second less that of the first. */
  readonly difference: number;
  readonly variance: number;
  /** Of both. */
  readonly rows: number;
}

/** Wrong and right answers that each arm needs: with fewer, the variance plugged in is too far off. */
export const leastOfEither = 10;

/** Difference of two shares with its variance; null before there is enough of either answer in either arm. */
export function shareDifference(first: ArmCounts, second: ArmCounts): ShareDifference | null {
  if ([first, second].some(({ rows, hits }) => Math.min(hits, rows - hits) < leastOfEither)) return null;
  const [one, other] = [first, second].map(({ rows, hits }) => ({ share: hits / rows, rows }));
  const varianceOf = ({ share, rows }: typeof one): number => (share * (1 - share)) / rows;
  return {
    difference: other.share - one.share,
    variance: varianceOf(one) + varianceOf(other),
    rows: one.rows + other.rows,
  };
}
