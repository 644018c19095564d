import { checkNumbers } from "./checkNumbers.js";

/**
 * Cliff's delta: how much oftener a row of the second sample lies above one of the first than below it.
 *
 * @param first,second  finite, at least 1 each
 * @returns in [-1, 1]; 0 where neither lies above
 * @throws InputError if a number is not finite
 * @see Cliff 1993, doi:10.1037/0033-2909.114.3.494
 *
 * @example
 * ```ts
 * import { cliffDelta } from "cspbbr3-twin";
 *
 * console.log(cliffDelta([1, 2, 3], [2, 3, 4]).toFixed(3));
 * // 0.556
 * ```
 */
export function cliffDelta(first: ArrayLike<number>, second: ArrayLike<number>): number {
  for (const values of [first, second]) checkNumbers(values, "cliffDelta", 1);
  let net = 0;
  for (let i = 0; i < first.length; i++) for (let j = 0; j < second.length; j++) net += Math.sign(second[j] - first[i]);
  return net / (first.length * second.length);
}
