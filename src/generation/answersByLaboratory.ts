import { phaseNames } from "../chemistry/phases.js";
import { physics as fittedPhysics, type PhysicsValues } from "../chemistry/physicsParameters.js";
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
  /** Laboratories that are drawn, at most 4,096 (default 960). */
  readonly count?: number;
  /** Which of them are asked, counted from 0 (default all). */
  readonly chosen?: ArrayLike<number>;
  /** Tries of each recipe by up to 80 of them together (default 1,024, 13 by each of 80). */
  readonly draws?: number;
  readonly physics?: PhysicsValues;
  readonly engine?: (setup: TwinSetup) => ExperimentEngine | Promise<ExperimentEngine>;
}

/** What each of many laboratories would write down of recipes. */
export interface AnswersByLaboratory {
  readonly recipes: number;
  /** How many were asked. */
  readonly laboratories: number;
  /** Which of those drawn each is. */
  readonly drawn: Uint32Array;
  /** Of the phases, row-major [recipes, laboratories, phases]; a recipe that one never tried has equal ones. */
  readonly probabilities: Float32Array;
}

/**
 * Recipes as each of many laboratories of the twin would have them, averaged over its own days and operators. The
 * laboratories are those that recipeSimulator draws from the same stream with `labs: { count, chosen }`; tries are the
 * same for all recipes.
 *
 * @param recipes  as recipeSimulator takes them
 * @throws InputError as recipeSimulator and laboratories
 */
export async function answersByLaboratory(
  recipes: Table,
  options: AnswersByLaboratoryOptions,
): Promise<AnswersByLaboratory> {
  return (await laboratoriesToAsk(options))(recipes);
}

/**
 * Laboratories that are ready to be asked, as often as one likes (answersByLaboratory).
 *
 * @returns a function of recipes
 * @throws as answersByLaboratory, what concerns recipes when they are asked
 */
export async function laboratoriesToAsk({
  random,
  count = 960,
  chosen,
  draws = 1024,
  physics = fittedPhysics,
  engine = typescriptEngine,
}: AnswersByLaboratoryOptions): Promise<(recipes: Table) => AnswersByLaboratory> {
  const drawn = Uint32Array.from(chosen ?? { length: count }, (place: number | undefined, i) => place ?? i);
  const tries = recipeTries(draws, random.fork("missing"));
  const engines: ExperimentEngine[] = [];
  for (let first = 0; first < drawn.length; first += mostLaboratories) {
    const asked = drawn.subarray(first, first + mostLaboratories);
    engines.push(
      await engine({
        regions: asRunCampaigns,
        weights: asRunCampaigns.map(({ weight }) => weight),
        laboratories: laboratories(random.fork("laboratories"), { count, chosen: asked }),
        physics,
        noise: 1,
        keys: {
          design: philoxKey(random.fork("design")),
          people: philoxKey(random.fork("people")),
          noise: philoxKey(random.fork("noise")),
        },
      }),
    );
  }
  return (recipes) => {
    const probabilities = new Float32Array(recipes.numRows * drawn.length * phaseNames.length);
    engines.forEach((made, group) => {
      const first = group * mostLaboratories;
      const asked = drawn.subarray(first, first + mostLaboratories);
      const width = asked.length * phaseNames.length;
      tries(recipes, made, "answersByLaboratory", (recipe, chunk, isPossible) => {
        const from = (recipe * drawn.length + first) * phaseNames.length;
        averageTries(chunk, isPossible, probabilities.subarray(from, from + width));
      });
    });
    return { recipes: recipes.numRows, laboratories: drawn.length, drawn, probabilities };
  };
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
