import type { Random } from "../../core/random/Random.js";
import { subsetDraws } from "../../core/random/subsetDraws.js";
import { type GroupCounts, permutationFloor } from "./permutationFloor.js";

/** How a statistic lies among those of permuted groups. */
export interface GroupPermutation {
  readonly observed: number;
  readonly pValue: number;
  /** Statistics of the permutations that were looked at, ascending. */
  readonly nulls: Float64Array;
  /** Whether these are all there are. */
  readonly isExact: boolean;
}

/** How many groups change sides, and how often. */
export interface PermuteGroupsOptions extends GroupCounts {
  readonly random: Random;
  /** At most so many permutations (default 999); all of them, where there are no more. */
  readonly draws?: number;
  /**
   * Ends after so many that are as large as what was observed: their share is a valid probability too (Besag and
   * Clifford 1991), and what has not drifted costs little. By default it does not end early.
   */
  readonly stopAfter?: number;
  /** Whether it does not matter which side is which: then the one of fewer groups is drawn (default false). */
  readonly isSymmetric?: boolean;
}

/** Two statistics of the same groups, summed in another order, are equal. */
export const hair = 1e-9;

/**
 * Permutation test over whole groups: which groups are the current ones is drawn anew, rows stay with their group.
 * Its false alarms are those asked for whatever rows of a group have in common. Large statistics are strange.
 *
 * Groups 0 .. reference - 1 are those of the reference, the others the current ones.
 *
 * @param statistic  of the groups that are taken for the current ones; it reads them at once
 * @see Phipson and Smyth 2010, doi:10.2202/1544-6115.1585; Besag and Clifford 1991, doi:10.1093/biomet/78.2.301
 */
export function permuteGroups(
  statistic: (current: Uint32Array) => number,
  { reference, current, random, draws = 999, stopAfter = Infinity, isSymmetric = false }: PermuteGroupsOptions,
): GroupPermutation {
  const drawsReference = isSymmetric && reference < current;
  const size = drawsReference ? reference : current;
  const observed = statistic(Uint32Array.from({ length: size }, (_, i) => (drawsReference ? i : reference + i)));
  const limit = observed - hair * Math.abs(observed);
  const ways = 1 / permutationFloor({ reference, current });
  const nulls: number[] = [];
  let asLarge = 0;
  const look = (chosen: Uint32Array): void => {
    const value = statistic(chosen);
    nulls.push(value);
    // What is NaN is no evidence.
    if (!(value < limit)) asLarge++;
  };
  if (ways <= draws + 0.5) {
    for (const chosen of subsets(reference + current, size)) look(chosen);
    return { observed, pValue: asLarge / nulls.length, nulls: Float64Array.from(nulls).sort(), isExact: true };
  }
  const draw = subsetDraws(reference + current, size, random);
  while (nulls.length < draws && asLarge < stopAfter) look(draw());
  const pValue = asLarge === stopAfter ? asLarge / nulls.length : (asLarge + 1) / (nulls.length + 1);
  return { observed, pValue, nulls: Float64Array.from(nulls).sort(), isExact: false };
}

/** All subsets of a size, in lexical order; one array, rewritten. */
function* subsets(count: number, size: number): Generator<Uint32Array> {
  const chosen = Uint32Array.from({ length: size }, (_, i) => i);
  for (;;) {
    yield chosen;
    let at = size - 1;
    while (at >= 0 && chosen[at] === count - size + at) at--;
    if (at < 0) return;
    chosen[at]++;
    for (let i = at + 1; i < size; i++) chosen[i] = chosen[i - 1] + 1;
  }
}
