import { bestFirst } from "./bestFirst.js";
import { isKept, type KeptTrial } from "./isKept.js";
import type { Direction, Trial } from "./Trial.js";

/** First of bestFirst, if it is complete and kept all its constraints; null where none did. */
export function bestTrial(trials: readonly Trial[], directions: readonly Direction[]): KeptTrial | null {
  const [best] = bestFirst(trials, directions, 1);
  return best !== undefined && isKept(best) ? best : null;
}
