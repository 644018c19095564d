import { canonicalJson } from "../../core/canonicalJson.js";
import { join } from "node:path";
import { InputError } from "../../core/InputError.js";
import { tableFromRows } from "../../core/tableFromRows.js";
import { projectName } from "../../io/projectPath.js";
import type { RecipeValues } from "../../io/predictions/recipeHash.js";
import { answerRecipes } from "../../predictor/answerRecipes.js";
import { recipeColumns } from "../../predictor/recipeColumns.js";
import type { ModelPlace } from "../predict/findModel.js";
import { modelKind } from "../predict/modelKind.js";
import { readyModel, storedModel } from "../predict/readyModel.js";

/**
 * What a model says of probe recipes, as `twin predict` does: JSON, whose numbers tell every bit.
 *
 * @param probes  JSON of a list of recipes, as probeRecipes makes them
 * @throws InputError if the model cannot be loaded, or answers none of them
 */
export async function answerProbes(place: ModelPlace, probes: string): Promise<string> {
  const recipes = JSON.parse(probes) as readonly RecipeValues[];
  const answers = modelKind(place) === "platelets" ? plateletAnswers(place, recipes) : phaseAnswers(place, recipes);
  return canonicalJson(await answers);
}

async function phaseAnswers(place: ModelPlace, recipes: readonly RecipeValues[]): Promise<unknown> {
  const where = projectName(join(place.directory, place.name));
  const model = await readyModel(await storedModel(place), where);
  const told = recipes.map((recipe) =>
    Object.fromEntries(Object.entries(recipe).flatMap(([name, value]) => (value === null ? [] : [[name, value]]))),
  );
  const answers = answerRecipes(model, tableFromRows(recipeColumns, told));
  if (answers.rows.length > 0) return answers;
  const [{ column, must, got, mend }] = answers.refused;
  throw new InputError({ where: `${where}, probe 1${column === null ? "" : `, column ${column}`}`, must, got, mend });
}

async function plateletAnswers({ directory, name }: ModelPlace, recipes: readonly RecipeValues[]): Promise<unknown> {
  const { loadAllNanoplatelets } = await import("../../experiments/loadAllNanoplatelets.js");
  const { answerPlatelets } = await import("../../problems/platelets/answerPlatelets.js");
  const { plateletRows } = await import("../../problems/platelets/plateletRows.js");
  const { loadPlatelets } = await import("../../problems/platelets/storedPlatelets.js");
  const names = Object.keys(recipes[0]);
  const { table } = loadAllNanoplatelets({
    where: "probes",
    sha256: "",
    numRows: recipes.length,
    headerLine: 1,
    columns: Object.fromEntries(names.map((column) => [column, recipes.map((recipe) => recipe[column] as string)])),
  });
  return answerPlatelets(await loadPlatelets(directory, name), plateletRows(table));
}
