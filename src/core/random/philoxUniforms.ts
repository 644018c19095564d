import { philox4x32 } from "./philox4x32.js";

const block = new Uint32Array(4);

/**
 * The first `count` uniform numbers of one row of a stream: a function of key, row and attempt alone. Counter words are
 * row, attempt, number of the block, 0.
 *
 * @param row  below 2^32
 */
export function philoxUniforms(
  count: number,
  {
    row,
    attempt = 0,
    key,
  }: { readonly row: number; readonly attempt?: number; readonly key: readonly [number, number] },
): Float64Array {
  const drawn = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    if (i % 4 === 0) philox4x32([row, attempt, i / 4, 0], key, block);
    drawn[i] = philoxUniform(block[i % 4]);
  }
  return drawn;
}

/**
 * Uniform number strictly inside (0, 1) from one random word: ((word >>> 9) + 1/2) / 2^23.
 * 23 bits, so that the same number is exact in float32 and in float64.
 */
export function philoxUniform(word: number): number {
  return ((word >>> 9) + 0.5) * 2 ** -23;
}
