import { InputError } from "../../core/InputError.js";
import { seededRandom } from "../../core/random/Random.js";
import type { Table } from "../../core/Table.js";
import { type AnswersByLaboratory, laboratoriesToAsk } from "../../generation/answersByLaboratory.js";
import { simdEngine } from "../../generation/simd/simdEngine.js";

/** One seed for all: laboratories of the twin have one number in every model. */
const seed = 1;

/**
 * The twin's laboratories, ready to be asked about recipes.
 *
 * @param chosen  which of them (default all that are drawn)
 */
export function askTwin(chosen?: ArrayLike<number>): Promise<(recipes: Table) => AnswersByLaboratory> {
  return laboratoriesToAsk({ random: seededRandom(seed).fork("own laboratory"), chosen, engine: simdEngine });
}

/** What all of them say; or why the twin cannot answer. */
export async function askAll(recipes: Table): Promise<AnswersByLaboratory | { readonly reason: string }> {
  try {
    return (await askTwin())(recipes);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { reason: error.message };
  }
}
