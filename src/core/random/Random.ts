import { philox4x32 } from "./philox4x32.js";

/**
 * A stream of uniform numbers in [0, 1) with 53 bits. `fork(name)` gives an
 * independent stream that depends on this stream's identity and the name only,
 * never on how many numbers were drawn: an extra draw in one stage shifts no other.
 */
export interface Random {
  (): number;
  fork(name: string | number): Random;
}

/**
 * Counter-based random stream (Philox4x32-10). Draw i is a pure function of seed, forks and i.
 *
 * @param seed  an integer in [0, 2^53)
 * @throws RangeError if the seed is not such an integer
 *
 * @example
 * ```ts
 * import { seededRandom } from "cspbbr3-twin";
 *
 * const random = seededRandom(1);
 * console.log(random().toFixed(4), random().toFixed(4));
 * // 0.8903 0.5857
 * console.log(random.fork("weights")().toFixed(4), seededRandom(1).fork("weights")().toFixed(4));
 * // 0.2638 0.2638
 * ```
 */
export function seededRandom(seed: number): Random {
  if (!Number.isSafeInteger(seed) || seed < 0)
    throw new RangeError(`seededRandom: the seed must be an integer in [0, 2^53); got ${seed}`);
  return stream([seed >>> 0, Math.floor(seed / 2 ** 32)]);
}

function stream(key: readonly [number, number]): Random {
  const block = new Uint32Array(4);
  const counter = new Uint32Array(4);
  let isSecond = false;
  const next = (): number => {
    const at = isSecond ? 2 : 0;
    if (!isSecond) {
      philox4x32(counter, key, block);
      // Carries into the second word after 2^32 blocks.
      counter[0]++;
      if (counter[0] === 0) counter[1]++;
    }
    isSecond = !isSecond;
    // 27 high bits of one word and 26 of the next make the 53 bits of a double.
    return ((block[at] >>> 5) * 2 ** 26 + (block[at + 1] >>> 6)) * 2 ** -53;
  };
  const fork = (name: string | number): Random => {
    const [low, high, kind] = typeof name === "number" ? [...words(name), 1] : [...hash(name), 2];
    const derived = new Uint32Array(4);
    // The third counter word keeps fork keys apart from draws, the fourth from forks of the other kind.
    philox4x32([low, high, 0xf04b, kind], key, derived);
    return stream([derived[0], derived[1]]);
  };
  return Object.assign(next, { fork });
}

function words(index: number): [number, number] {
  if (!Number.isSafeInteger(index) || index < 0)
    throw new RangeError(`fork: a numeric name must be an integer in [0, 2^53); got ${index}`);
  return [index >>> 0, Math.floor(index / 2 ** 32)];
}

/** 64 bits of a text: two FNV-1a passes with different offsets over its UTF-16 units. */
function hash(text: string): [number, number] {
  const pass = (offset: number): number => {
    let h = offset;
    for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
    return h >>> 0;
  };
  return [pass(0x811c9dc5), pass(0x050c5d1f)];
}
