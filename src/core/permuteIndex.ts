import { philox4x32 } from "./philox4x32.js";

/** Halves of few bits mix slowly: with six rounds, pairs of a permutation of six came unevenly often. */
const rounds = 16;
const out = new Uint32Array(4);

/**
 * Where a random permutation of 0 .. count - 1 sends an index, without the permutation in memory: a Feistel network of
 * Philox rounds over the next even power of two, walked until it lands below `count` (Black and Rogaway 2002,
 * doi:10.1007/3-540-45760-7_9).
 *
 * @param index  below count
 * @param count  1 to 2^32
 * @param key    two 32-bit words; another key is another permutation
 */
export function permuteIndex(index: number, count: number, key: readonly [number, number]): number {
  let half = 1;
  while (4 ** half < count) half++;
  const mask = 2 ** half - 1;
  let at = index;
  do {
    let left = Math.floor(at / 2 ** half);
    let right = at & mask;
    for (let round = 0; round < rounds; round++) {
      philox4x32([right, round, count >>> 0, 0x9e37], key, out);
      [left, right] = [right, (left ^ out[0]) & mask];
    }
    at = left * 2 ** half + right;
  } while (at >= count);
  return at;
}
