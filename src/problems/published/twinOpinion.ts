import { phaseNames } from "../../chemistry/phases.js";
import { seededRandom } from "../../core/random/Random.js";
import type { Table } from "../../core/Table.js";
import { recipeSimulator, type SimulatorOptions } from "../../generation/recipeSimulator.js";

/** What the simulator says of recipes, averaged over laboratories and days that nobody knows. */
export interface TwinOpinion {
  /** Of the phases, row-major [recipes, phases], none 0. */
  readonly probabilities: Float64Array;
  /** Means of ln size in nm and of the emission peak in nm; NaN where too few tries gave one. */
  readonly lnSize: Float64Array;
  readonly peak: Float64Array;
}

/** How the simulator is asked. */
export interface TwinOpinionOptions extends Pick<SimulatorOptions, "engine" | "draws"> {
  readonly seed: number;
}

/**
 * Asks the simulator once, for all problems of published recipes.
 *
 * @throws InputError as recipeSimulator
 */
export async function twinOpinion(
  recipes: Table,
  { seed, draws = 1024, engine }: TwinOpinionOptions,
): Promise<TwinOpinion> {
  const simulate = await recipeSimulator({
    random: seededRandom(seed).fork("twin opinion"),
    draws,
    levels: [],
    quantities: [{ column: "sizeNanometre", scale: Math.log }, { column: "photoluminescencePeakNanometre" }],
    engine,
  });
  const { probabilities, quantities } = simulate(recipes);
  const [{ mean: lnSize }, { mean: peak }] = quantities;
  // Of so many tries, a phase that none of them gave is still possible.
  const least = 1 / (draws + phaseNames.length);
  return {
    probabilities: probabilities.map((share) => (draws * share + 1) * least),
    lnSize,
    peak,
  };
}
