import { philox4x32 } from "./philox4x32.js";
import { philoxKey } from "./philoxKey.js";
import type { Random } from "./Random.js";

/**
 * Random subsets of 0 .. count - 1, one per call, all of one size. Each place takes one 32-bit word of a Philox stream
 * whose key `random` gives. The array is filled anew by the next call: read it before.
 *
 * @param size  0 to count
 */
export function subsetDraws(count: number, size: number, random: Random): () => Uint32Array {
  const key = philoxKey(random);
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  const drawn = order.subarray(0, size);
  const block = new Uint32Array(4);
  const counter = new Uint32Array(4);
  let at = 4;
  return () => {
    // The first steps of Fisher and Yates, from whatever order the last draw left.
    for (let i = 0; i < size; i++) {
      if (at === 4) {
        philox4x32(counter, key, block);
        counter[0]++;
        if (counter[0] === 0) counter[1]++;
        at = 0;
      }
      const j = i + Math.floor((block[at++] / 2 ** 32) * (count - i));
      const kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
    return drawn;
  };
}
