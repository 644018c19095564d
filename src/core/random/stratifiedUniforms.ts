import type { Random } from "./Random.js";

/**
 * One uniform number in each of `count` equal parts of [0, 1), in random order: a Latin hypercube's single axis.
 * Any function of them averages with far less scatter than over independent draws.
 *
 * @see McKay, Beckman and Conover 1979, doi:10.1080/00401706.1979.10489755
 */
export function stratifiedUniforms(count: number, random: Random): number[] {
  const strata = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [strata[i], strata[j]] = [strata[j], strata[i]];
  }
  return strata.map((stratum) => (stratum + random()) / count);
}
