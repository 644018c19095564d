import { phaseNames } from "../../chemistry/phases.js";
import { argmax } from "../../core/metrics/argmax.js";
import type { Random } from "../../core/random/Random.js";
import type { Estimate } from "../../core/statistics/Estimate.js";
import { groupedEstimate } from "../../core/statistics/groupedEstimate.js";
import { groupedStatistic } from "../../core/statistics/groupedStatistic.js";
import { groupedSums } from "../../core/statistics/groupedSums.js";

/** Recipes as the simulator answers them, and the same recipes once by laboratories that it did not draw. */
export interface UnknownLaboratories<Answers> {
  /** Two simulators' answers, each with draws and laboratories of its own. */
  readonly halves: readonly [Answers, Answers];
  /** Laboratory that carried out each recipe, codes from 0. */
  readonly labs: ArrayLike<number>;
}

/**
 * Accuracy of the simulator averaged over laboratories and days, in laboratories that it did not draw. Finite draws
 * name a phase wrongly where two are nearly as likely; that costs c/draws, so what both halves together gain on one
 * alone is what they still lack, and is added. The interval is over laboratories, each with recipes of its own.
 *
 * @param halves   probabilities of the phases, row-major [recipes, phases]
 * @param options.truth  what the operator then writes, with what probability, in the same order
 */
export function phaseInUnknownLaboratory(
  {
    halves: [one, other],
    labs,
    truth,
  }: UnknownLaboratories<Float64Array> & { readonly truth: readonly ArrayLike<number>[] },
  random: Random,
): Estimate & { readonly shortfall: number } {
  const hitsOf = (probabilities: Float64Array): ((row: number) => number) => {
    const named = argmax(probabilities, phaseNames.length);
    return (row) => truth[named[row]][row];
  };
  const [first, second] = [one, other].map(hitsOf);
  const sums = groupedSums(labs, {
    both: hitsOf(one.map((probability, at) => probability + other[at])),
    half: (row) => (first(row) + second(row)) / 2,
    rows: () => 1,
  });
  const corrected = groupedStatistic(sums, ({ both, half, rows }) => (2 * both - half) / rows, { over: "rows" });
  const shortfall = groupedStatistic(sums, ({ both, half, rows }) => (both - half) / rows);
  const laboratories = sums.rows.length;
  return {
    ...groupedEstimate(laboratories, corrected, random, { unit: "laboratory" }),
    shortfall: shortfall(Uint32Array.from({ length: laboratories }, (_, lab) => lab)),
  };
}
