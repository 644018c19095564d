import { tunedProblems } from "../../problems/tuned/tunedProblems.js";
import type { KeptStudy } from "../../tuning/files/studyFile.js";
import type { StudyWords } from "../../tuning/studyInWords.js";

/** What a study's values are called: of problems of the house they have names and units. */
export function studyWords({ objective, directions }: Pick<KeptStudy, "objective" | "directions">): StudyWords {
  if (Object.hasOwn(tunedProblems, objective.name)) {
    const { objective: named, measuredOn } = tunedProblems[objective.name];
    return { objectives: [named], rows: measuredOn };
  }
  const isOne = directions.length === 1;
  return {
    objectives: directions.map((_, i) => ({ name: isOne ? "objective" : `objective ${i + 1}`, unit: "" })),
    rows: "what all trials were measured on",
  };
}
