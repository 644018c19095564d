/**
 * Smallest probability that a permutation of whole groups can give: one over the number of ways to choose the current
 * ones.
 *
 * @param groups  of the reference and of the current sample, at least 0
 *
 * @example
 * ```ts
 * import { permutationFloor } from "cspbbr3-twin";
 *
 * console.log(permutationFloor({ reference: 50, current: 1 }).toFixed(4));
 * // 0.0196
 * ```
 */
export function permutationFloor({ reference, current }: GroupCounts): number {
  let ways = 1;
  const few = Math.min(reference, current);
  for (let i = 1; i <= few && ways < 1e300; i++) ways *= (reference + current - few + i) / i;
  return 1 / ways;
}

/** How many groups two samples come in. */
export interface GroupCounts {
  readonly reference: number;
  readonly current: number;
}

/**
 * Current groups that a permutation needs before its floor is at most alpha; null if the reference has too few for any
 * number of them.
 */
export function groupsNeeded(reference: number, alpha: number): number | null {
  for (let current = 1; current <= 1e6; current++) {
    if (permutationFloor({ reference, current }) <= alpha) return current;
    if (reference === 0) return null;
  }
  return null;
}

/**
 * Why a permutation of so many groups cannot tell drift from chance at this alpha, and what would be needed; null where
 * it can.
 *
 * @param unit  what a group is called (default "batch")
 */
export function tooFewGroups(groups: GroupCounts, alpha: number, unit = "batch"): string | null {
  const floor = permutationFloor(groups);
  if (floor <= alpha) return null;
  const needed = groupsNeeded(groups.reference, alpha);
  const many = unit === "batch" ? "batches" : `${unit}s`;
  return (
    `${groups.current} current ${groups.current === 1 ? unit : many} against ${groups.reference} cannot give a ` +
    `probability below ${short(floor)}, and ${short(alpha)} is asked for; ` +
    (needed === null ? `the reference needs more ${many}` : `${needed} current ${many} are needed`)
  );
}

function short(value: number): string {
  return String(Number(value.toPrecision(2)));
}
