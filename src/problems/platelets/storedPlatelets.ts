import { join } from "node:path";
import { InputError } from "../../core/InputError.js";
import { projectName } from "../../io/projectPath.js";
import { readText } from "../../io/readText.js";
import { sha256 } from "../../io/sha256.js";
import { writeFolderAtomic } from "../../io/writeFolderAtomic.js";
import { formatPlateletModel, parsePlateletModel, type PlateletModel } from "./PlateletModel.js";

/** The file that a model of platelets consists of. */
const plateletFile = "platelets.json";

/**
 * Saves a model of platelets in a folder of its own, named after the SHA-256 of its file, whole or not at all.
 *
 * @param directory  made if it is not there
 * @returns the name, for loadPlatelets
 * @throws InputError if the folder cannot be written
 */
export async function savePlatelets(directory: string, model: PlateletModel): Promise<string> {
  const text = formatPlateletModel(model);
  const name = sha256(text);
  const isNew = await writeFolderAtomic(join(directory, name), { [plateletFile]: text });
  // Saved before: then it must be whole.
  if (!isNew) await loadPlatelets(directory, name);
  return name;
}

/**
 * A model that savePlatelets saved.
 *
 * @param name  of its folder under `directory`
 * @throws InputError if the file is missing, changed by a single byte, or no model of platelets
 */
export async function loadPlatelets(directory: string, name: string): Promise<PlateletModel> {
  const path = join(directory, name, plateletFile);
  const text = await readText(path);
  if (sha256(text) !== name)
    throw new InputError({
      where: projectName(path),
      must: "must have the hash that its folder is named after",
      got: sha256(text),
      mend: "the file was changed after it was saved: restore the folder, or delete it and train the model again",
    });
  return parsePlateletModel(text, projectName(path));
}
