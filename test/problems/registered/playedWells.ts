import type { Registration } from "../../../src/io/predictions/predictionLedger.js";
import { recipeHash } from "../../../src/io/predictions/recipeHash.js";
import { playedRegistration } from "../../io/predictions/playedRegistration.js";

/** Wells of plates with scores that nobody saw. */
export type WellCells = Readonly<Record<"plate" | "well" | "lab" | "crystal_score", string>>;

/** Of each plate so many wells, scores 1 to 4 in turn. */
export function playedWells(plates: number, wells: number): readonly WellCells[] {
  return Array.from({ length: plates * wells }, (_, i) => ({
    plate: `plate ${Math.floor(i / wells) + 1}`,
    well: `A${(i % wells) + 1}`,
    lab: i < wells ? "LBL" : "HC",
    crystal_score: String((i % 4) + 1),
  }));
}

/** What no model said of them: 4 with 0.7, 1 with the rest, and both in the set. */
export function wellsRegistration(name: string, wells: readonly WellCells[]): Registration {
  return {
    ...playedRegistration(name),
    form: "crystallisation",
    judging: { sentence: "A set that holds the score is right.", rules: { score: { level: 0.9 } } },
    rows: wells.map(({ plate, well }) => ({
      recipe: `${plate}_${well}`,
      recipeSha256: recipeHash({ plate, well }),
      predictions: { probabilities: { "1": 0.3, "2": 0, "3": 0, "4": 0.7 }, set: ["1", "4"] },
      inDomain: true,
      notes: [],
    })),
  };
}
