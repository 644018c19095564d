import { dominationRanks } from "./dominationRanks.js";
import { isKept, type KeptTrial } from "./isKept.js";
import { lossesOf } from "./lossesOf.js";
import type { Direction, Trial } from "./Trial.js";

/** Complete trials that kept all constraints, and that no other dominates, by number. */
export function paretoFront(trials: readonly Trial[], directions: readonly Direction[]): readonly KeptTrial[] {
  const kept = trials.filter(isKept);
  const ranks = dominationRanks(kept.map(({ outcome }) => lossesOf(outcome, directions)));
  return kept.filter((_, at) => ranks[at] === 0);
}
