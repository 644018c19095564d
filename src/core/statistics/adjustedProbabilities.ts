import { holmAdjusted } from "./holmAdjusted.js";

/**
 * Ways to allow for several tests: the first three keep the probability of any false finding, the last two the expected
 * share of findings that are false.
 */
export type Adjustment = "Bonferroni" | "Holm" | "Hommel" | "Benjamini-Hochberg" | "Benjamini-Yekutieli";

/**
 * Probabilities of several tests, adjusted for their number.
 *
 * Holm's holds however tests depend on each other, and is never larger than Bonferroni's; Hommel's and Benjamini and
 * Hochberg's hold for independent or positively dependent tests, Benjamini and Yekutieli's for any.
 *
 * @param pValues         in [0, 1]
 * @param options.method  default Holm
 * @returns in [0, 1], in the given order
 * @throws RangeError if one is no probability
 * @see Hommel 1988, doi:10.1093/biomet/75.2.383; Benjamini and Hochberg 1995, doi:10.1111/j.2517-6161.1995.tb02031.x;
 *   Benjamini and Yekutieli 2001, doi:10.1214/aos/1013699998
 *
 * @example
 * ```ts
 * import { adjustedProbabilities } from "cspbbr3-twin";
 *
 * console.log(adjustedProbabilities([0.01, 0.02, 0.5], { method: "Benjamini-Hochberg" }).join(" "));
 * // 0.03 0.03 0.5
 * ```
 */
export function adjustedProbabilities(
  pValues: readonly number[],
  { method = "Holm" }: { readonly method?: Adjustment } = {},
): readonly number[] {
  const bad = pValues.findIndex((p) => !(p >= 0 && p <= 1));
  if (bad >= 0)
    throw new RangeError(`adjustedProbabilities: probabilities must lie in [0, 1]; test ${bad} has ${pValues[bad]}`);
  const n = pValues.length;
  switch (method) {
    case "Bonferroni":
      return pValues.map((p) => Math.min(1, n * p));
    case "Holm":
      return holmAdjusted(pValues);
    case "Hommel":
      return hommel(pValues);
    case "Benjamini-Hochberg":
      return stepUp(pValues, n);
    case "Benjamini-Yekutieli":
      return stepUp(pValues, n * pValues.reduce((sum, _, i) => sum + 1 / (i + 1), 0));
  }
}

/** From the largest down: each p times a factor over its rank, and no larger than the one above it. */
function stepUp(pValues: readonly number[], factor: number): readonly number[] {
  const order = ascending(pValues);
  const adjusted = new Array<number>(pValues.length);
  let least = 1;
  for (let rank = order.length; rank >= 1; rank--) {
    least = Math.min(least, (factor * pValues[order[rank - 1]]) / rank);
    adjusted[order[rank - 1]] = least;
  }
  return adjusted;
}

function hommel(pValues: readonly number[]): readonly number[] {
  const order = ascending(pValues);
  const n = order.length;
  const sorted = order.map((test) => pValues[test]);
  const adjusted = sorted.slice();
  for (let m = n; m > 1; m--) {
    let least = 1;
    for (let i = 1; i <= m; i++) least = Math.min(least, (m * sorted[n - m + i - 1]) / i);
    for (let i = n - m; i < n; i++) adjusted[i] = Math.max(adjusted[i], least);
    for (let i = 0; i < n - m; i++) adjusted[i] = Math.max(adjusted[i], Math.min(least, m * sorted[i]));
  }
  const given = new Array<number>(n);
  order.forEach((test, i) => (given[test] = Math.min(1, adjusted[i])));
  return given;
}

function ascending(pValues: readonly number[]): number[] {
  return pValues.map((_, test) => test).sort((a, b) => pValues[a] - pValues[b]);
}
