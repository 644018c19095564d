import type { NumberPair } from "./pooledGroups.js";

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
 * @param means  of each group, of one at least in either sample
 */
export function differenceOfMeans({ reference: there, current: here }: NumberPair): DifferenceOfMeans {
  const all = there.length + here.length;
  // Plain loops: without batches every row is a group.
  const sumThere = sumOf(there, 0);
  const [reference, current] = [sumThere / there.length, sumOf(here, 0) / here.length];
  const middle = sumOf(here, sumThere) / all;
  const [withinThere, aroundThere] = squaresAround(there, [reference, middle, 0]);
  const [withinHere, around] = squaresAround(here, [current, middle, aroundThere]);
  return fromMoments({ reference, current, within: withinThere + withinHere, around }, there.length, here.length);
}

/** Means of both samples, and sums of squares around them and around the mean of all. */
export interface Moments {
  readonly reference: number;
  readonly current: number;
  readonly within: number;
  readonly around: number;
}

/** differenceOfMeans of samples of m and n groups whose moments are known. */
export function fromMoments({ reference, current, within, around }: Moments, m: number, n: number): DifferenceOfMeans {
  const sizes = 1 / m + 1 / n;
  return {
    reference,
    current,
    difference: current - reference,
    error: Math.sqrt((within / (m + n - 2)) * sizes),
    freedom: m + n - 2,
    permutedError: Math.sqrt((around / (m + n - 1)) * sizes),
    deviation: Math.sqrt(around / (m + n)),
  };
}

function sumOf(values: Float64Array, start: number): number {
  let sum = start;
  for (let at = 0; at < values.length; at++) sum += values[at];
  return sum;
}

/** Squares around the mean of these, and around that of all; the latter go on from a sum. */
function squaresAround(
  values: Float64Array,
  [own, middle, start]: readonly [number, number, number],
): readonly [number, number] {
  let [within, around] = [0, start];
  for (let at = 0; at < values.length; at++) {
    const value = values[at];
    within += (value - own) ** 2;
    around += (value - middle) ** 2;
  }
  return [within, around];
}
