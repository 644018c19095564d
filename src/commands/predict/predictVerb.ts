import { InputError } from "../../core/InputError.js";
import { limitOptions, mapOptions, tableOptions } from "../tableOptions.js";
import type { Answer, Verb } from "../Verb.js";
import type { CrystallisationPredictions } from "./predictCrystallisation.js";
import type { PhasePredictions } from "./phasePredictions.js";
import type { PredictOptions } from "./predictPhases.js";
import type { PlateletPredictions } from "./predictPlatelets.js";
import type { PredictTableOptions } from "./predictTable.js";
import { recipeForm, type RecipeForm, registerOptions } from "./registerOptions.js";
import { type RecipeFlags, recipeFlagsOf, recipeOptions } from "./recipeFlags.js";

/** The verb `twin predict`: its options, its run and its text. */
export const predictVerb: Verb<
  Omit<PredictOptions, "form"> & { readonly file?: string; readonly form?: RecipeForm },
  PhasePredictions | PlateletPredictions | CrystallisationPredictions
> = {
  usage: "predict [file]",
  meaning:
    "phases of recipes, with their limits: of a .csv, .tsv, .json, .xlsx, .parquet or .arrow, or of flags; " +
    "by a model of crystallisations the scores of wells",
  options: [
    {
      flags: "--model <name>",
      meaning:
        "name of a model in data/models, its beginning, the path of its folder, or champion or challenger of the " +
        "registry; default: the only one there",
    },
    { flags: "--registry <folder>", meaning: "whose champion answers, or the version that --model names" },
    ...mapOptions,
    ...tableOptions,
    ...limitOptions,
    {
      flags: "--explain",
      meaning:
        "beside each answer: what would have to change for other phases; of one recipe the nearest published ones too",
    },
    { flags: "--second-opinion", meaning: "beside each answer: what the simulator says, over unknown laboratories" },
    { flags: "--out <file>", meaning: "table of the answers; the ending decides the format" },
    {
      flags: "--form <name>",
      meaning:
        "how the file is written: recipes, with a column `all` of reactants as their published table has it; or " +
        "platelets, as theirs, which a model of platelets answers",
      parse: recipeForm("--form"),
    },
    ...registerOptions,
    ...recipeOptions,
  ],
  async run({ file, form, ...options }, { progress, json } = {}) {
    if (form === "platelets") return answeredPlatelets(file, options);
    if (form === undefined && file !== undefined && (await isOfCrystallisation(options)))
      return answeredCrystallisations(file, options);
    const asked = recipeOrFile(file, recipeFlagsOf(options as RecipeFlags));
    const { predictPhases } = await import("./predictPhases.js");
    const { formatPredictions, mostLines } = await import("./formatPredictions.js");
    const report = progress === undefined ? undefined : (await import("./recipesReport.js")).recipesReport(progress);
    const stream = json === undefined ? undefined : (await import("./predictionsJson.js")).predictionsJson(json);
    const predictions = await predictPhases(asked, {
      ...options,
      form,
      ...(progress === undefined ? {} : { mostRows: stream === undefined ? mostLines : 0 }),
      onJson: stream?.answers,
      onProgress: report,
    });
    await stream?.end(predictions);
    const left = predictions.unanswered + (predictions.mapping?.dropped.length ?? 0);
    return {
      text: formatPredictions(predictions),
      data: predictions,
      isWritten: stream !== undefined,
      passed: options.strict !== true || left === 0,
    };
  },
};

async function answeredPlatelets(
  file: string | undefined,
  options: PredictTableOptions,
): Promise<Answer<PlateletPredictions>> {
  if (file === undefined)
    throw new InputError({
      where: "--form platelets",
      must: "must belong to a table",
      got: "no file",
      mend: "name the file of the syntheses",
    });
  const { predictPlatelets } = await import("./predictPlatelets.js");
  const { formatPlatelets } = await import("./formatPlatelets.js");
  const predictions = await predictPlatelets(file, options);
  return {
    text: formatPlatelets(predictions),
    data: predictions,
    passed: options.strict !== true || predictions.refused.length === 0,
  };
}

/** Whether the model that is meant is one of crystallisations; that none is meant is told by who loads it. */
async function isOfCrystallisation({
  model,
  directory,
  registry,
}: Pick<PredictTableOptions, "model" | "directory" | "registry">): Promise<boolean> {
  const { findModel } = await import("./findModel.js");
  const { modelKind } = await import("./modelKind.js");
  try {
    return modelKind(await findModel(model, { directory, registry })) === "crystallisation";
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}

async function answeredCrystallisations(
  file: string,
  options: PredictTableOptions,
): Promise<Answer<CrystallisationPredictions>> {
  const { predictCrystallisation } = await import("./predictCrystallisation.js");
  const { formatCrystallisation } = await import("./formatCrystallisation.js");
  const predictions = await predictCrystallisation(file, options);
  return {
    text: formatCrystallisation(predictions),
    data: predictions,
    passed: options.strict !== true || predictions.refused.length === 0,
  };
}

/** @throws InputError unless the recipes come from one place */
function recipeOrFile(file: string | undefined, flags: RecipeFlags | undefined): string | RecipeFlags {
  if (file !== undefined && flags === undefined) return file;
  if (file === undefined && flags !== undefined) return flags;
  throw new InputError({
    where: "twin predict",
    must: "must be given recipes, as a file or as flags",
    got: file === undefined ? "neither" : "both",
    mend: "name a file, or write for example --lead 30mM --caesium 8mM --bromide 60mM --temperature 170C",
  });
}
