import { loadModelFile, type ModelFile, saveModelFile } from "../fewRows/modelFile.js";
import { type PlateletModel, plateletModelFormat } from "./PlateletModel.js";

/** What a model of platelets consists of. */
export const plateletFile: ModelFile = { of: "platelets", format: plateletModelFormat, file: "platelets.json" };

/**
 * Saves a model of platelets.
 *
 * @returns the name of its folder, for loadPlatelets
 * @throws InputError as saveModelFile
 */
export async function savePlatelets(directory: string, model: PlateletModel): Promise<string> {
  return saveModelFile(plateletFile, directory, model);
}

/**
 * A model that savePlatelets saved.
 *
 * @param name  of its folder under `directory`
 * @throws InputError as loadModelFile
 */
export async function loadPlatelets(directory: string, name: string): Promise<PlateletModel> {
  return loadModelFile(plateletFile, directory, name);
}
