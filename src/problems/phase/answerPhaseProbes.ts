import { canonicalJson } from "../../core/canonicalJson.js";
import { InputError } from "../../core/InputError.js";
import { tableFromRows } from "../../core/tableFromRows.js";
import type { RecipeValues } from "../../io/predictions/recipeHash.js";
import { answerRecipes } from "../../predictor/answerRecipes.js";
import type { LoadedPhaseModel } from "../../predictor/phaseModelOf.js";
import { recipeColumns } from "../../predictor/recipeColumns.js";

/**
 * What a model of the phase says of probe recipes, as `twin predict` does: JSON, whose numbers tell every bit.
 *
 * @param probes  JSON of a list of recipes, as phaseProbes makes them
 * @param where   the model, for messages
 * @throws InputError if it answers none of them
 */
export function answerPhaseProbes(model: LoadedPhaseModel, probes: string, where: string): string {
  const told = (JSON.parse(probes) as readonly RecipeValues[]).map((recipe) =>
    Object.fromEntries(Object.entries(recipe).flatMap(([name, value]) => (value === null ? [] : [[name, value]]))),
  );
  const answers = answerRecipes(model, tableFromRows(recipeColumns, told));
  if (answers.rows.length > 0) return canonicalJson(answers);
  const [{ column, must, got, mend }] = answers.refused;
  throw new InputError({ where: `${where}, probe 1${column === null ? "" : `, column ${column}`}`, must, got, mend });
}
