import type { Direction, Trial } from "../Trial.js";
import { bestFirst } from "../bestFirst.js";

/** Good trials and all others, each in the order of their numbers. */
export interface SplitTrials {
  readonly good: readonly Trial[];
  readonly others: readonly Trial[];
}

/**
 * Parts trials that did not fail into good ones and others.
 *
 * @param options.share  of the trials that are good, rounded up
 * @param options.most   good trials
 */
export function splitTrials(
  ended: readonly Trial[],
  directions: readonly Direction[],
  { share, most }: { readonly share: number; readonly most: number },
): SplitTrials {
  const told = ended.filter(({ outcome }) => outcome !== null && outcome.state !== "failed");
  const best = new Set(bestFirst(told, directions, Math.min(most, Math.ceil(share * told.length))));
  return { good: told.filter((trial) => best.has(trial)), others: told.filter((trial) => !best.has(trial)) };
}
