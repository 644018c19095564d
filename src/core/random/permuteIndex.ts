/** Halves of few bits mix slowly: with six rounds, pairs of a permutation of six came unevenly often. */
const rounds = 16;

/**
 * Where a random permutation of 0 .. count - 1 sends an index, without the permutation in memory: a Feistel network
 * over the next even power of two, walked until it lands below `count` (Black and Rogaway 2002,
 * doi:10.1007/3-540-45760-7_9). Rounds mix with the finaliser of MurmurHash3: this shuffles, it hides nothing.
 *
 * @param index  below count
 * @param count  1 to 2^32
 * @param key    two 32-bit words; another key is another permutation
 */
export function permuteIndex(index: number, count: number, [low, high]: readonly [number, number]): number {
  let half = 1;
  while (4 ** half < count) half++;
  const size = 2 ** half;
  const mask = size - 1;
  let at = index;
  do {
    let left = Math.floor(at / size);
    let right = at & mask;
    for (let round = 0; round < rounds; round++) {
      const mixed = mix(mix(right ^ low) + Math.imul(round + 1, 0x9e3779b9) + high);
      const next = (left ^ mixed) & mask;
      left = right;
      right = next;
    }
    at = left * size + right;
  } while (at >= count);
  return at;
}

/** Every bit of a 32-bit word moves every other (Appleby, MurmurHash3). */
function mix(word: number): number {
  let h = word | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
