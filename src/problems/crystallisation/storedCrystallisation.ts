import { join } from "node:path";
import { InputError } from "../../core/InputError.js";
import { projectName } from "../../io/projectPath.js";
import { readText } from "../../io/readText.js";
import { sha256 } from "../../io/sha256.js";
import { writeFolderAtomic } from "../../io/writeFolderAtomic.js";
import {
  formatCrystallisationModel,
  parseCrystallisationModel,
  type CrystallisationModel,
} from "./CrystallisationModel.js";

/** The file that a model of crystallisations consists of. */
const crystallisationFile = "crystallisation.json";

/**
 * Saves a model of crystallisations in a folder of its own, named after the SHA-256 of its file, whole or not at all.
 *
 * @param directory  made if it is not there
 * @returns the name, for loadCrystallisation
 * @throws InputError if the folder cannot be written
 */
export async function saveCrystallisation(directory: string, model: CrystallisationModel): Promise<string> {
  const text = formatCrystallisationModel(model);
  const name = sha256(text);
  const isNew = await writeFolderAtomic(join(directory, name), { [crystallisationFile]: text });
  // Saved before: then it must be whole.
  if (!isNew) await loadCrystallisation(directory, name);
  return name;
}

/**
 * A model that saveCrystallisation saved.
 *
 * @param name  of its folder under `directory`
 * @throws InputError if the file is missing, changed by a single byte, or no model of crystallisations
 */
export async function loadCrystallisation(directory: string, name: string): Promise<CrystallisationModel> {
  const path = join(directory, name, crystallisationFile);
  const text = await readText(path);
  if (sha256(text) !== name)
    throw new InputError({
      where: projectName(path),
      must: "must have the hash that its folder is named after",
      got: sha256(text),
      mend: "the file was changed after it was saved: restore the folder, or delete it and train the model again",
    });
  return parseCrystallisationModel(text, projectName(path));
}
