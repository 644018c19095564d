import { phaseNames } from "../chemistry/phases.js";
import { physics as fittedPhysics, type PhysicsValues } from "../chemistry/physicsParameters.js";
import { InputError } from "../core/InputError.js";
import { philoxKey } from "../core/random/philoxKey.js";
import type { Random } from "../core/random/Random.js";
import type { Table } from "../core/Table.js";
import { asRunCampaigns } from "./campaigns.js";
import type { Chunk, ExperimentEngine, TwinSetup } from "./ExperimentEngine.js";
import { laboratories, mostLaboratories } from "./laboratories.js";
import { CodeSlot, NumberSlot } from "./layout.js";
import { recipeTries } from "./recipeTries.js";
import { typescriptEngine } from "./typescriptEngine.js";

/** Which laboratories are asked, and how often. */
export interface AnswersByLaboratoryOptions {
  /** As recipeSimulator's, so that its laboratories are these. */
  readonly random: Random;
  /** Laboratories that are drawn, a multiple of 80 (default 960). */
  readonly count?: number;
  /** Tries of each recipe by 80 of them together (default 1,024, 13 by each). */
  readonly draws?: number;
  readonly physics?: PhysicsValues;
  readonly engine?: (setup: TwinSetup) => ExperimentEngine | Promise<ExperimentEngine>;
}

/** What each of many laboratories would write down of recipes. */
export interface AnswersByLaboratory {
  readonly recipes: number;
  readonly laboratories: number;
  /** Of the phases, row-major [recipes, laboratories, phases]; a recipe that one never tried has equal ones. */
  readonly probabilities: Float32Array;
}

/**
 * Recipes as each of many laboratories of the twin would have them, averaged over its own days and operators. The
 * laboratories are those that recipeSimulator draws from the same stream with `labs: { count, chosen }`; tries are the
 * same for all recipes.
 *
 * @param recipes  as recipeSimulator takes them
 * @throws InputError as recipeSimulator; if the count is no multiple of 80
 */
export async function answersByLaboratory(
  recipes: Table,
  { random, count = 960, draws = 1024, physics = fittedPhysics, engine = typescriptEngine }: AnswersByLaboratoryOptions,
): Promise<AnswersByLaboratory> {
  if (!(count > 0 && count % mostLaboratories === 0))
    throw new InputError({
      where: "answersByLaboratory, count",
      must: `must be a multiple of ${mostLaboratories}`,
      got: String(count),
      mend: "leave it out",
    });
  const probabilities = new Float32Array(recipes.numRows * count * phaseNames.length);
  const tries = recipeTries(draws, random.fork("missing"));
  for (let first = 0; first < count; first += mostLaboratories) {
    const chosen = Uint32Array.from({ length: mostLaboratories }, (_, i) => first + i);
    const made = await engine({
      regions: asRunCampaigns,
      weights: asRunCampaigns.map(({ weight }) => weight),
      laboratories: laboratories(random.fork("laboratories"), { count, chosen }),
      physics,
      noise: 1,
      keys: {
        design: philoxKey(random.fork("design")),
        people: philoxKey(random.fork("people")),
        noise: philoxKey(random.fork("noise")),
      },
    });
    const width = mostLaboratories * phaseNames.length;
    tries(recipes, made, "answersByLaboratory", (recipe, chunk, isPossible) => {
      const from = (recipe * count + first) * phaseNames.length;
      averageTries(chunk, isPossible, probabilities.subarray(from, from + width));
    });
  }
  return { recipes: recipes.numRows, laboratories: count, probabilities };
}

/** Means over the tries of each laboratory, written into [laboratories, phases]. */
function averageTries(chunk: Chunk, isPossible: Uint8Array, means: Float32Array): void {
  const classes = phaseNames.length;
  const labs = chunk.codes[CodeSlot.lab];
  const counts = new Uint32Array(means.length / classes);
  for (let i = 0; i < chunk.rows; i++) counts[labs[i]] += isPossible[i];
  for (let phase = 0; phase < classes; phase++) {
    const probability = chunk.numbers[NumberSlot.trueProbabilityCsPbBr3 + phase];
    for (let i = 0; i < chunk.rows; i++)
      if (isPossible[i] === 1) means[labs[i] * classes + phase] += probability[i] / counts[labs[i]];
  }
  counts.forEach((count, lab) => {
    if (count === 0) means.fill(1 / classes, lab * classes, (lab + 1) * classes);
  });
}
