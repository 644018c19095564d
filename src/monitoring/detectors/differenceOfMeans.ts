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
  /** Standard deviation of all groups around their common mean. */
  readonly deviation: number;
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
  const all = there + here;
  // Plain loops: without batches every row is a group.
  const sumThere = sumOf(means, 0, there, 0);
  const [reference, current] = [sumThere / there, sumOf(means, there, all, 0) / here];
  const middle = sumOf(means, there, all, sumThere) / all;
  const [withinThere, aroundThere] = squaresAround(means, 0, there, [reference, middle, 0]);
  const [withinHere, around] = squaresAround(means, there, all, [current, middle, aroundThere]);
  const sizes = 1 / there + 1 / here;
  return {
    reference,
    current,
    difference: current - reference,
    error: Math.sqrt(((withinThere + withinHere) / (all - 2)) * sizes),
    freedom: all - 2,
    permutedError: Math.sqrt((around / (all - 1)) * sizes),
    deviation: Math.sqrt(around / all),
  };
}

function sumOf(values: Float64Array, from: number, to: number, start: number): number {
  let sum = start;
  for (let at = from; at < to; at++) sum += values[at];
  return sum;
}

/** Squares around the mean of these, and around that of all; the latter go on from a sum. */
function squaresAround(
  values: Float64Array,
  from: number,
  to: number,
  [own, middle, start]: readonly [number, number, number],
): readonly [number, number] {
  let [within, around] = [0, start];
  for (let at = from; at < to; at++) {
    within += (values[at] - own) ** 2;
    around += (values[at] - middle) ** 2;
  }
  return [within, around];
}
