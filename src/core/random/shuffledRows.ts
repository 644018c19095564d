import { philox4x32 } from "./philox4x32.js";
import { philoxKey } from "./philoxKey.js";
import type { Random } from "./Random.js";

const block = new Uint32Array(4);

/**
 * A copy of rows in random order (Fisher and Yates). Each place takes one 32-bit word of a Philox stream whose key
 * `random` gives: half of what a uniform number of 53 bits costs, and an order is likelier than another by less than
 * rows / 2^32.
 */
export function shuffledRows(rows: Uint32Array, random: Random): Uint32Array {
  const key = philoxKey(random);
  const shuffled = rows.slice();
  for (let i = shuffled.length - 1, drawn = 0; i > 0; i--, drawn++) {
    if (drawn % 4 === 0) philox4x32([drawn / 4, 0, 0, 0], key, block);
    const j = Math.floor((block[drawn % 4] / 2 ** 32) * (i + 1));
    const row = shuffled[i];
    shuffled[i] = shuffled[j];
    shuffled[j] = row;
  }
  return shuffled;
}
