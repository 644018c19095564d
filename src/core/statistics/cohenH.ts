/**
 * Cohen's h: distance of two shares on the scale on which all shares scatter alike, 2 arcsin √p, first minus second.
 *
 * @param first,second  in [0, 1]
 * @returns in [-π, π]
 * @throws RangeError if one is no share
 * @see Cohen 1988, Statistical Power Analysis for the Behavioral Sciences, section 6.2
 *
 * @example
 * ```ts
 * import { cohenH } from "cspbbr3-twin";
 *
 * console.log(cohenH(0.9, 0.85).toFixed(3));
 * // 0.152
 * ```
 */
export function cohenH(first: number, second: number): number {
  const angles = [first, second].map((share) => {
    if (!(share >= 0 && share <= 1)) throw new RangeError(`cohenH: shares must lie in [0, 1]; got ${share}`);
    return 2 * Math.asin(Math.sqrt(share));
  });
  return angles[0] - angles[1];
}
