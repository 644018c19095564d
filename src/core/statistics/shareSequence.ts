import { checkLevel } from "./checkLevel.js";
import type { Interval } from "./Interval.js";
import { logBeta } from "./logGamma.js";

/**
 * Confidence sequence of a share: an interval that may be looked at after every row, and all of them hold together.
 *
 * It is exact, the shares that a beta mixture of likelihoods does not exceed 1/(1 - level) times. Where the
 * probability of a hit moves, from batch to batch say, what it holds is the mean of those so far.
 *
 * @param hits    how many had the property, in 0..trials
 * @param trials  how many were looked at; without any the interval is [0, 1]
 * @throws RangeError if the counts do not fit; InputError if the level does not lie in (0, 1)
 * @see Robbins 1970, doi:10.1214/aoms/1177696786; Howard et al. 2021, doi:10.1214/20-AOS1991
 *
 * @example
 * ```ts
 * import { shareSequence } from "cspbbr3-twin";
 *
 * const { low, high } = shareSequence(90, 100);
 * console.log(low.toFixed(3), high.toFixed(3));
 * // 0.772 0.971
 * ```
 */
export function shareSequence(
  hits: number,
  trials: number,
  { level = 0.95 }: { readonly level?: number } = {},
): Interval {
  if (!(Number.isInteger(hits) && Number.isInteger(trials) && hits >= 0 && hits <= trials))
    throw new RangeError(
      `shareSequence: hits must be an integer in 0..trials and trials an integer; got ${hits} of ${trials}`,
    );
  checkLevel(level, "shareSequence");
  const mixture = logBeta([hits + 0.5, trials - hits + 0.5]) - logBeta([0.5, 0.5]);
  const isHeld = (share: number): boolean =>
    mixture - times(hits, Math.log(share)) - times(trials - hits, Math.log1p(-share)) < -Math.log1p(-level);
  const centre = trials === 0 ? 0.5 : hits / trials;
  return {
    low: isHeld(0) ? 0 : edge(isHeld, centre, 0),
    high: isHeld(1) ? 1 : edge(isHeld, centre, 1),
    level,
    method: "beta mixture, whenever looked at",
  };
}

/** 0 times a logarithm of 0 is 0. */
const times = (count: number, logarithm: number): number => (count === 0 ? 0 : count * logarithm);

/** Where shares between one that is held and one that is not cease to be. */
function edge(isHeld: (share: number) => boolean, held: number, lost: number): number {
  let [inside, outside] = [held, lost];
  for (let round = 0; round < 60; round++) {
    const middle = (inside + outside) / 2;
    if (isHeld(middle)) inside = middle;
    else outside = middle;
  }
  return outside;
}
