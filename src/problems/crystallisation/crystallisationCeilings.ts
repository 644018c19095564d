import type { Random } from "../../core/random/Random.js";
import { type ReplicateCeiling, replicateCeiling } from "../../validation/replicateCeiling.js";
import type { ReplicateOptions } from "../../validation/replicatePairs.js";
import { amountColumns } from "../../experiments/loadCrystallisationCampaigns.js";
import { type CrystallisationRows, rangedFeatures, wellFeatures } from "./crystallisationRows.js";

/** Which repeats of one recipe are held beside one another. */
export const repeatKinds = ["same plate", "other plate", "other operator", "other laboratory"] as const;

/** Agreement of the scores of repeats. */
export interface CrystallisationCeiling {
  readonly repeats: (typeof repeatKinds)[number];
  /** Whether a repeat was treated alike too; else it is told by what the well holds alone. */
  readonly treatedAlike: boolean;
  readonly ceiling: ReplicateCeiling;
}

/** Amounts that differ by no more stand in one step, or in two that touch. */
const relativeStep = 0.02;

/**
 * Names of what wells hold, and of how they were treated where that is asked for: equal for repeats. Amounts count to
 * steps of 2 %, as they are computed from what was weighed. A blank repeats nothing: its score is known beforehand.
 */
export function recipeNames(
  { features, salts, isBlank }: CrystallisationRows,
  { treatedAlike }: { readonly treatedAlike: boolean },
): readonly string[] {
  const step = (value: number): number => (value > 0 ? Math.round(Math.log(value) / relativeStep) : -Infinity);
  const count = treatedAlike ? rangedFeatures.length : amountColumns.length;
  return salts.map((salt, row) => {
    if (isBlank[row]) return "";
    const own = features.subarray(row * wellFeatures.length, row * wellFeatures.length + count);
    return JSON.stringify([
      salt,
      ...Array.from(own, (value, j) => (j < amountColumns.length ? String(step(value)) : value)),
    ]);
  });
}

/**
 * How accurate any model of the score can be at best, by repeats of one recipe: on the same plate, another one, by
 * another operator, in another laboratory; each by recipes of the same treatment, and by composition alone.
 */
export function crystallisationCeilings(
  rows: CrystallisationRows,
  random: Random,
  { draws }: Pick<ReplicateOptions, "draws"> = {},
): readonly CrystallisationCeiling[] {
  const apart = {
    "other plate": rows.plates,
    "other operator": rows.operators,
    "other laboratory": rows.laboratories,
  };
  return [true, false].flatMap((treatedAlike) => {
    const names = recipeNames(rows, { treatedAlike });
    return repeatKinds.map((repeats): CrystallisationCeiling => {
      const own = random.fork(repeats).fork(String(treatedAlike));
      if (repeats === "same plate") {
        const onPlate = names.map((name, row) => (name === "" ? "" : `${rows.plates[row]} ${name}`));
        return { repeats, treatedAlike, ceiling: replicateCeiling(rows.score, onPlate, own, { draws }) };
      }
      const unit = repeats.replace("other ", "");
      return {
        repeats,
        treatedAlike,
        ceiling: replicateCeiling(rows.score, names, own, { apart: apart[repeats], unit, draws }),
      };
    });
  });
}
