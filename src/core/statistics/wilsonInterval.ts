import type { Interval } from "./Interval.js";

/** Quantiles of the standard normal for the levels in use (NIST tables, 10 digits). */
const normalQuantiles: Readonly<Record<string, number>> = {
  "0.8": 1.2815515655,
  "0.9": 1.644853627,
  "0.95": 1.9599639845,
  "0.99": 2.5758293035,
};

/**
 * Wilson score interval of a share: close to its level on average, also near 0 and 1.
 *
 * @param hits    how many had the property, in 0..trials
 * @param trials  how many were looked at, at least 1
 * @param options.level  0.8, 0.9, 0.95 (default) or 0.99
 * @returns shares in [0, 1]
 * @throws RangeError if the counts do not fit or the level is another
 * @see Wilson 1927, doi:10.1080/01621459.1927.10502953
 *
 * @example
 * ```ts
 * import { wilsonInterval } from "cspbbr3-twin";
 *
 * const { low, high, level } = wilsonInterval(8, 10);
 * console.log(low.toFixed(3), high.toFixed(3), level);
 * // 0.490 0.943 0.95
 * ```
 */
export function wilsonInterval(
  hits: number,
  trials: number,
  { level = 0.95 }: { readonly level?: number } = {},
): Interval {
  if (!(Number.isInteger(hits) && Number.isInteger(trials) && trials >= 1 && hits >= 0 && hits <= trials)) {
    throw new RangeError(
      `wilsonInterval: hits must be an integer in 0..trials and trials at least 1; got ${hits} of ${trials}`,
    );
  }
  const z = normalQuantiles[String(level)];
  if (z === undefined)
    throw new RangeError(
      `wilsonInterval: the level must be one of ${Object.keys(normalQuantiles).join(", ")}; got ${level}`,
    );
  const share = hits / trials;
  const weight = z ** 2 / trials;
  const centre = (share + weight / 2) / (1 + weight);
  const half = (z / (1 + weight)) * Math.sqrt((share * (1 - share)) / trials + weight / (4 * trials));
  // At 0 and at all hits the ends are 0 and 1 exactly; rounding would miss them by an ulp.
  return { low: hits === 0 ? 0 : centre - half, high: hits === trials ? 1 : centre + half, level, method: "Wilson" };
}
