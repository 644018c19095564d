import type { Random } from "./Random.js";

/** A 64-bit key for counter-based streams of one's own: the next two words of a random stream. */
export function philoxKey(random: Random): readonly [number, number] {
  return [Math.floor(random() * 2 ** 32), Math.floor(random() * 2 ** 32)];
}
