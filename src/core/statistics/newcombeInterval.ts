import type { Interval } from "./Interval.js";
import { wilsonInterval } from "./wilsonInterval.js";

/** How many of how many had the property. */
export interface Share {
  readonly hits: number;
  readonly trials: number;
}

/**
 * Newcombe's interval of the difference of two independent shares, first minus second, from their Wilson intervals. Two
 * classifiers on the same rows are not independent: use pairedDifference or mcNemar there.
 *
 * @param options.level  0.8, 0.9, 0.95 (default) or 0.99
 * @returns in [-1, 1]
 * @throws RangeError as wilsonInterval does
 * @see Newcombe 1998, doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I (method 10)
 *
 * @example
 * ```ts
 * import { newcombeInterval } from "cspbbr3-twin";
 *
 * const { low, high } = newcombeInterval({ hits: 9, trials: 50 }, { hits: 2, trials: 50 });
 * console.log(low.toFixed(3), high.toFixed(3));
 * // 0.015 0.271
 * ```
 */
export function newcombeInterval(
  first: Share,
  second: Share,
  { level = 0.95 }: { readonly level?: number } = {},
): Interval {
  const [a, b] = [first, second].map(({ hits, trials }) => ({
    share: hits / trials,
    ...wilsonInterval(hits, trials, { level }),
  }));
  const difference = a.share - b.share;
  return {
    low: difference - Math.hypot(a.share - a.low, b.high - b.share),
    high: difference + Math.hypot(a.high - a.share, b.share - b.low),
    level,
    method: "Newcombe",
  };
}
