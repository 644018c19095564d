import type { AnswerColumns } from "../../predictor/answerColumns.js";
import { quick, thorough } from "../../predictor/explainPhase.js";
import type { LoadedPhaseModel } from "../../predictor/phaseModelOf.js";
import { type AdviceOptions, type RecipeAdvice, recipeAdvice } from "../../predictor/recipeAdvice.js";

/** What is asked of a run beside the answers: plain data, as threads take it. */
export interface AdviceSetting {
  /** How hard to look for changes that would give another phase; null: not at all. */
  readonly explain: "quick" | "thorough" | null;
  readonly secondOpinion: boolean;
  readonly supersaturations: boolean;
  /** Whether to look for the nearest known experiments. */
  readonly nearest: boolean;
}

/** Advises on answers. */
export interface Adviser {
  readonly advise: (answers: AnswerColumns) => readonly RecipeAdvice[];
  /** Why near experiments are not looked for; null where they are, or were not asked for. */
  readonly noNearest: string | null;
}

const efforts = { quick, thorough };

/** Makes ready what a setting asks for: the simulator and the real tables are loaded only then. */
export async function adviserOf(
  model: LoadedPhaseModel,
  { explain, secondOpinion, supersaturations, nearest }: AdviceSetting,
): Promise<Adviser> {
  const experiments = nearest ? await (await import("../../experiments/openExperiments.js")).openExperiments() : null;
  const options: AdviceOptions = {
    supersaturations,
    ...(experiments === null || experiments.reason !== null ? {} : { known: experiments }),
    ...(explain === null ? {} : { explain: efforts[explain] }),
    ...(secondOpinion ? { simulator: await (await import("./secondOpinion.js")).secondOpinion() } : {}),
  };
  return {
    advise: (answers) => recipeAdvice(model, answers, options),
    noNearest: experiments === null ? null : experiments.reason,
  };
}
