import { phaseNames } from "../../chemistry/phases.js";
import { argmax } from "../../core/metrics/argmax.js";
import { seededRandom } from "../../core/random/Random.js";
import type { Table } from "../../core/Table.js";
import { recipeSimulator } from "../../generation/recipeSimulator.js";
import { simdEngine } from "../../generation/simd/simdEngine.js";

/** What the simulator says of recipes, averaged over laboratories and days that nobody knows. */
export interface SecondOpinions {
  /** Row-major [recipes, phases]. */
  readonly probabilities: Float64Array;
  /** Of the probabilities, by the draws alone: not how wrong the simulator may be. */
  readonly standardErrors: Float64Array;
  /** Code of the likeliest phase. */
  readonly phase: ArrayLike<number>;
  /** 1 where it is the network's too. */
  readonly agrees: Uint8Array;
}

/** One seed for all: a recipe gets the same opinion whenever and beside whichever others it is asked for. */
const seed = 1;
/** Standard errors are then some 0.005, 0.03 at most. */
const draws = 256;
/** Effects are spread evenly over laboratories, so that two dozen represent them; more take a while to be drawn. */
const labs = { count: 24 };

/**
 * The simulator as a second opinion beside the network that learned from it. Which of the two is the better one is not
 * decided: on the open published recipes their log losses differ by less than the papers do (opinionsByPaper).
 *
 * @returns a function of recipes, which may leave values out, and of the code of the network's likeliest phase
 */
export async function secondOpinion(): Promise<(recipes: Table, phase: ArrayLike<number>) => SecondOpinions> {
  const simulate = await recipeSimulator({
    random: seededRandom(seed).fork("second opinion"),
    draws,
    labs,
    quantities: [],
    engine: simdEngine,
  });
  return (recipes, phase) => {
    const { probabilities, standardErrors } = simulate(recipes);
    const own = argmax(probabilities, phaseNames.length);
    return {
      probabilities,
      standardErrors,
      phase: own,
      agrees: Uint8Array.from(own, (code, i) => Number(code === phase[i])),
    };
  };
}
