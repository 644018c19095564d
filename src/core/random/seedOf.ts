import type { Random } from "./Random.js";

/**
 * A seed for what takes no stream but an integer, from the next draw of a stream: give it a fork of its own. A seed
 * made by adding 1 to another is somebody else's, too.
 *
 * @returns an integer in [0, 2^53)
 */
export function seedOf(random: Random): number {
  return Math.floor(random() * 2 ** 53);
}
