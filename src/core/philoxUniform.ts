/**
 * Uniform number strictly inside (0, 1) from one random word: ((word >>> 9) + 1/2) / 2^23.
 * 23 bits, so that the same number is exact in float32 and in float64.
 */
export function philoxUniform(word: number): number {
  return ((word >>> 9) + 0.5) * 2 ** -23;
}
