import type { GroupCounts } from "./permutationFloor.js";

/** Means of two samples over their groups, and how well their difference is known. */
export interface DifferenceOfMeans {
  readonly reference: number;
  readonly current: number;
  readonly difference: number;
  /** Standard error, from the variance within each sample; NaN of one group against one. */
  readonly error: number;
  /** Its degrees of freedom. */
  readonly freedom: number;
  /** Standard deviation of the difference over all permutations of groups. */
  readonly permutedError: number;
}

/**
 * Difference of the means of current groups and of those of the reference, every group of one weight: of a few batches
 * the batches are what varies.
 *
 * @param means   of each group, the reference's first
 * @param groups  how many they are, at least one each
 */
export function differenceOfMeans(
  means: Float64Array,
  { reference: there, current: here }: GroupCounts,
): DifferenceOfMeans {
  const [reference, current] = [meanOf(means.subarray(0, there)), meanOf(means.subarray(there))];
  const within = squaresAround(means.subarray(0, there), reference) + squaresAround(means.subarray(there), current);
  const freedom = there + here - 2;
  const sizes = 1 / there + 1 / here;
  const around = squaresAround(means, meanOf(means));
  return {
    reference,
    current,
    difference: current - reference,
    error: Math.sqrt((within / freedom) * sizes),
    freedom,
    permutedError: Math.sqrt((around / (there + here - 1)) * sizes),
  };
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function squaresAround(values: Float64Array, middle: number): number {
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
}
