import { phaseRules } from "../../chemistry/phaseRules.js";
import { phaseNames, phaseWords } from "../../chemistry/phases.js";
import type { Field, Schema } from "../../core/Schema.js";
import { categoryColumn, type Column } from "../../core/Table.js";
import { type RecipeAdvice, recommendedFrom } from "../../predictor/recipeAdvice.js";
import { changeText } from "./formatAdvice.js";

/** What stands beside answers in a table of them. */
export interface AdviceWanted {
  /** Changes that would give another phase. */
  readonly explain: boolean;
  /** The simulator's probabilities. */
  readonly secondOpinion: boolean;
}

/** Fields of tables of answers. */
export const numberField = (unit: string, meaning: string): Field => ({ kind: "number", unit, meaning });
export const textField = (meaning: string): Field => ({ kind: "category", unit: "", meaning });
const yesOrNo = ["yes", "no", ""];

/** Columns of advice. */
export function adviceSchema({ explain, secondOpinion }: AdviceWanted): Schema {
  return {
    recommended: textField(
      `whether the phase has a probability of ${recommendedFrom} or more and the recipe is inside`,
    ),
    rule: textField("the chemist's rule that decides the recipe"),
    ruleSays: textField("phase that it says"),
    ruleSpeaks: textField("whether it was right often enough on training rows to count"),
    ...(explain
      ? Object.fromEntries(
          phaseWords.flatMap((word, k): [string, Field][] => [
            [`changeTo${word}`, textField(`smallest change found that makes ${phaseNames[k]} the likeliest phase`)],
            [
              `changeTo${word}Size`,
              numberField("1", "sum of its inputs' changes, in standard deviations of training rows"),
            ],
          ]),
        )
      : {}),
    ...(secondOpinion
      ? {
          secondPhase: textField("likeliest phase by the simulator over unknown laboratories"),
          secondAgrees: textField("whether it is the phase of the answer"),
          ...Object.fromEntries(
            phaseWords.map((word, k) => [
              `secondProbability${word}`,
              numberField("1", `probability of ${phaseNames[k]} by the simulator`),
            ]),
          ),
          secondStandardError: numberField("1", "largest standard error of these, by the draws alone"),
        }
      : {}),
  };
}

/**
 * @param advice  one per row of the table; null where a recipe is refused
 * @returns columns of adviceSchema
 */
export function adviceColumns(
  advice: readonly (RecipeAdvice | null)[],
  { explain, secondOpinion }: AdviceWanted,
): Readonly<Record<string, Column>> {
  const texts = (of: (one: RecipeAdvice) => string, levels?: readonly string[]): Column =>
    categoryColumn(
      advice.map((one) => (one === null ? "" : of(one))),
      levels,
    );
  const numbers = (of: (one: RecipeAdvice) => number | null | undefined): Column =>
    Float32Array.from(advice, (one) => (one === null ? Number.NaN : (of(one) ?? Number.NaN)));
  const flag = (value: boolean | undefined): string => (value === undefined ? "" : value ? "yes" : "no");
  const orNone = (levels: readonly string[]): readonly string[] => [...levels, ""];
  const changeOf = (
    { changes }: RecipeAdvice,
    phase: string,
  ): NonNullable<RecipeAdvice["changes"]>[number] | undefined => changes?.find((one) => one.phase === phase);
  return {
    recommended: texts(({ recommended }) => flag(recommended), yesOrNo),
    rule: texts(({ rule }) => rule?.rule ?? "", orNone(phaseRules.map(({ name }) => name))),
    ruleSays: texts(({ rule }) => rule?.says ?? "", orNone(phaseNames)),
    ruleSpeaks: texts(({ rule }) => flag(rule?.speaks), yesOrNo),
    ...(explain
      ? Object.fromEntries(
          phaseWords.flatMap((word, k): [string, Column][] => [
            [
              `changeTo${word}`,
              texts((one) => changeOf(one, phaseNames[k])?.changes?.map(changeText).join("; ") ?? ""),
            ],
            [`changeTo${word}Size`, numbers((one) => changeOf(one, phaseNames[k])?.size)],
          ]),
        )
      : {}),
    ...(secondOpinion
      ? {
          secondPhase: texts(({ secondOpinion: own }) => own?.phase ?? "", orNone(phaseNames)),
          secondAgrees: texts(({ secondOpinion: own }) => flag(own?.agrees), yesOrNo),
          ...Object.fromEntries(
            phaseWords.map((word, k) => [
              `secondProbability${word}`,
              numbers(({ secondOpinion: own }) => own?.probabilities[phaseNames[k]]),
            ]),
          ),
          secondStandardError: numbers(({ secondOpinion: own }) =>
            own === null ? null : Math.max(...Object.values(own.standardErrors)),
          ),
        }
      : {}),
  };
}
