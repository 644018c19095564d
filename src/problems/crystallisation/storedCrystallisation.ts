import { loadModelFile, type ModelFile, saveModelFile } from "../fewRows/modelFile.js";
import { type CrystallisationModel, crystallisationModelFormat } from "./CrystallisationModel.js";

/** What a model of crystallisations consists of. */
export const crystallisationFile: ModelFile = {
  of: "crystallisations",
  format: crystallisationModelFormat,
  file: "crystallisation.json",
};

/**
 * Saves a model of crystallisations.
 *
 * @returns the name of its folder, for loadCrystallisation
 * @throws InputError as saveModelFile
 */
export async function saveCrystallisation(directory: string, model: CrystallisationModel): Promise<string> {
  return saveModelFile(crystallisationFile, directory, model);
}

/**
 * A model that saveCrystallisation saved.
 *
 * @param name  of its folder under `directory`
 * @throws InputError as loadModelFile
 */
export async function loadCrystallisation(directory: string, name: string): Promise<CrystallisationModel> {
  return loadModelFile(crystallisationFile, directory, name);
}
