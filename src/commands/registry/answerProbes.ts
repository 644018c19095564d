import { join } from "node:path";
import { canonicalJson } from "../../core/canonicalJson.js";
import type { RawTable } from "../../core/RawTable.js";
import { projectName } from "../../io/projectPath.js";
import type { RecipeValues } from "../../io/predictions/recipeHash.js";
import { answerPhaseProbes } from "../../problems/phase/answerPhaseProbes.js";
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
  const kind = modelKind(place);
  if (kind === "platelets") return plateletAnswers(place, probes);
  if (kind === "crystallisation") return crystallisationAnswers(place, probes);
  const where = projectName(join(place.directory, place.name));
  return answerPhaseProbes(await readyModel(await storedModel(place), where), probes, where);
}

async function plateletAnswers({ directory, name }: ModelPlace, probes: string): Promise<string> {
  const { loadAllNanoplatelets } = await import("../../experiments/loadAllNanoplatelets.js");
  const { answerPlatelets } = await import("../../problems/platelets/answerPlatelets.js");
  const { plateletRows } = await import("../../problems/platelets/plateletRows.js");
  const { loadPlatelets } = await import("../../problems/platelets/storedPlatelets.js");
  const { table } = loadAllNanoplatelets(rawProbes(probes));
  return canonicalJson(await answerPlatelets(await loadPlatelets(directory, name), plateletRows(table)));
}

async function crystallisationAnswers({ directory, name }: ModelPlace, probes: string): Promise<string> {
  const { loadCrystallisationCampaigns } = await import("../../experiments/loadCrystallisationCampaigns.js");
  const { answerCrystallisation } = await import("../../problems/crystallisation/answerCrystallisation.js");
  const { loadCrystallisation } = await import("../../problems/crystallisation/storedCrystallisation.js");
  const { table } = loadCrystallisationCampaigns(rawProbes(probes));
  return canonicalJson(answerCrystallisation(await loadCrystallisation(directory, name), table));
}

/** Probes as their file would hold them. */
function rawProbes(probes: string): RawTable {
  const recipes = JSON.parse(probes) as readonly RecipeValues[];
  const names = Object.keys(recipes[0]);
  return {
    where: "probes",
    sha256: "",
    numRows: recipes.length,
    headerLine: 1,
    columns: Object.fromEntries(names.map((column) => [column, recipes.map((recipe) => recipe[column] as string)])),
  };
}
