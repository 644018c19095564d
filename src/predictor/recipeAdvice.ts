import { ruleColumns } from "../chemistry/phaseRules.js";
import { phaseNames } from "../chemistry/phases.js";
import { type Table, selectRows } from "../core/Table.js";
import { recipeFeatures } from "../features/recipeFeatures.js";
import type { AnswerColumns } from "./answerColumns.js";
import { candidateAnswers } from "./candidateAnswers.js";
import { type DrivingSupersaturation, drivingSupersaturations } from "./drivingSupersaturations.js";
import { type ExplainEffort, explainPhase, type PhaseChange } from "./explainPhase.js";
import { type KnownExperiments, type NearExperiment, nearestExperiments } from "./nearestExperiments.js";
import type { LoadedPhaseModel } from "./phaseModelOf.js";
import { rulesView, type RuleView } from "./rulesView.js";
import { withColumns } from "./withColumns.js";

/** What stands beside the answer to one recipe; nothing of it changes the answer. */
export interface RecipeAdvice {
  /**
   * Whether the likeliest phase is recommended: its probability is 0.8 or more, and the recipe is inside. Rules that
   * speak have no veto: at the same share of recommendations it leaves the risk as it is (notebook 06).
   */
  readonly recommended: boolean;
  /** Null where the model has no record of rules. */
  readonly rule: RuleView | null;
  /** Null where they were not asked for, as what follows. */
  readonly supersaturations: readonly DrivingSupersaturation[] | null;
  readonly nearest: readonly NearExperiment[] | null;
  readonly changes: readonly PhaseChange[] | null;
  readonly secondOpinion: SecondOpinion | null;
}

/** What the simulator says of a recipe, averaged over laboratories. */
export interface SecondOpinion {
  /** Its likeliest phase. */
  readonly phase: string;
  /** By phase; they sum to 1. */
  readonly probabilities: Readonly<Record<string, number>>;
  /** Of the probabilities, by the draws alone. */
  readonly standardErrors: Readonly<Record<string, number>>;
  /** Whether the network says the same phase. */
  readonly agrees: boolean;
}

/** A simulator, asked for many recipes at once; all row-major [recipes, phases] or one per recipe. */
export type AskSimulator = (
  recipes: Table,
  phase: ArrayLike<number>,
) => {
  readonly probabilities: ArrayLike<number>;
  readonly standardErrors: ArrayLike<number>;
  readonly phase: ArrayLike<number>;
  readonly agrees: ArrayLike<number>;
};

/** What to look for besides rules, which are always told. */
export interface AdviceOptions {
  /** Whether to tell them (default true). */
  readonly supersaturations?: boolean;
  /** Experiments to look for near ones among (default: none are looked for). */
  readonly known?: KnownExperiments;
  /** How hard to look for changes to other phases (default: not at all). */
  readonly explain?: ExplainEffort;
  /** Default: it is not asked. */
  readonly simulator?: AskSimulator;
}

/** From this probability on, the likeliest phase is recommended. */
export const recommendedFrom = 0.8;

/** What it reads beside what the model does. */
const columns = [
  ...new Set([
    ...ruleColumns,
    ...recipeFeatures.flatMap(({ needs, reads = [] }) => [...needs, ...reads]),
    "bromideSource",
    "polarSolvent",
  ]),
];

/**
 * What stands beside answers, and changes nothing in them: the chemist's rules with their records, and what else is
 * asked for. That may be the supersaturations behind an answer, the nearest experiments, the changes that would give
 * another phase, and the simulator's opinion.
 *
 * @param model    that answered
 * @param answers  of answerColumns
 * @param places   of the answers that are advised on (default all)
 * @returns one for each place, in their order
 */
export function recipeAdvice(
  model: LoadedPhaseModel,
  answers: AnswerColumns,
  { supersaturations: isDriveTold = true, known, explain, simulator }: AdviceOptions = {},
  places: Uint32Array = Uint32Array.from(answers.rows.keys()),
): RecipeAdvice[] {
  const { encoder, limits } = model;
  const recipes = withColumns(selectRows(answers.told, places), columns);
  const [phase, sets] = [answers.phase, answers.sets].map((all) => Array.from(places, (place) => all[place]));
  const rules = limits.rules === null ? null : rulesView(limits.rules, recipes, { phase, sets });
  const supersaturations = isDriveTold ? drivingSupersaturations(recipes) : null;
  const nearest = known === undefined ? null : nearestExperiments(recipes, known, { encoder });
  const changes = explain === undefined ? null : changesOf(model, answers, { recipes, places, effort: explain });
  const opinions = simulator?.(recipes, phase);
  return Array.from(places, (place, i): RecipeAdvice => {
    const probability = answers.probabilities[place * phaseNames.length + answers.phase[place]];
    return {
      recommended: probability >= recommendedFrom && !answers.outside.has(place),
      rule: rules === null ? null : rules[i],
      supersaturations: supersaturations === null ? null : supersaturations[i],
      nearest: nearest === null ? null : nearest[i],
      changes: changes === null ? null : changes[i],
      secondOpinion: opinions === undefined ? null : opinionOf(opinions, i),
    };
  });
}

/** Recipes that tell as little have the same limits, and are explained together. */
function changesOf(
  model: LoadedPhaseModel,
  { phase, limits, strange }: AnswerColumns,
  {
    recipes,
    places,
    effort,
  }: { readonly recipes: Table; readonly places: Uint32Array; readonly effort: ExplainEffort },
): (readonly PhaseChange[])[] {
  // What the model has no word for stays outside, whatever else is changed.
  const found = Array.from(places, (place): readonly PhaseChange[] =>
    phaseNames
      .filter((_, code) => code !== phase[place])
      .map((name) => ({ phase: name, changes: null, size: null, probability: null })),
  );
  const groups = new Map<string, number[]>();
  places.forEach((place, i) => {
    if (strange.has(place)) return;
    const key = limits[place].missing.join();
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [i]);
    else group.push(i);
  });
  for (const rows of groups.values()) {
    const { missing } = limits[places[rows[0]]];
    const answer = candidateAnswers(model, missing);
    const explained = explainPhase(selectRows(recipes, Uint32Array.from(rows)), answer, {
      encoder: model.encoder,
      effort,
    });
    rows.forEach((row, i) => (found[row] = explained[i]));
  }
  return found;
}

function opinionOf(
  { probabilities, standardErrors, phase, agrees }: ReturnType<AskSimulator>,
  row: number,
): SecondOpinion {
  const byPhase = (values: ArrayLike<number>): Record<string, number> =>
    Object.fromEntries(phaseNames.map((name, k) => [name, values[row * phaseNames.length + k]]));
  return {
    phase: phaseNames[phase[row]],
    probabilities: byPhase(probabilities),
    standardErrors: byPhase(standardErrors),
    agrees: agrees[row] === 1,
  };
}
