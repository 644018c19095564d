import { join } from "node:path";
import { canonicalJson } from "../../core/canonicalJson.js";
import { InputError } from "../../core/InputError.js";
import { projectName } from "../../io/projectPath.js";
import { readBytes } from "../../io/readText.js";
import { sha256 } from "../../io/sha256.js";
import { writeFolderAtomic } from "../../io/writeFolderAtomic.js";
import { type OwnLaboratory, ownFormat, ownVersion } from "./OwnLaboratory.js";

/** The file that a model of an own laboratory consists of. */
export const ownFile = "laboratory.json";

/**
 * Saves a model of an own laboratory in a folder of its own, named after the SHA-256 of its file, whole or not at all.
 *
 * @param directory  made if it is not there
 * @returns the name, for loadOwnLaboratory
 * @throws InputError if the folder cannot be written
 */
export async function saveOwnLaboratory(directory: string, laboratory: OwnLaboratory): Promise<string> {
  const json = canonicalJson(laboratory);
  const name = sha256(json);
  const isNew = await writeFolderAtomic(join(directory, name), { [ownFile]: json });
  // Saved before: then it must be whole.
  if (!isNew) await loadOwnLaboratory(directory, name);
  return name;
}

/**
 * A model that saveOwnLaboratory saved.
 *
 * @param name  of its folder under `directory`
 * @throws InputError if the file is missing or changed by a single byte, or of another version
 */
export async function loadOwnLaboratory(directory: string, name: string): Promise<OwnLaboratory> {
  const path = join(directory, name, ownFile);
  const json = await readBytes(path);
  const refuse = (must: string, got: string, mend: string): InputError =>
    new InputError({ where: projectName(path), must, got, mend });
  if (sha256(json) !== name)
    throw refuse(
      "must have the hash that its folder is named after",
      sha256(json),
      "the file was changed after it was saved: restore the folder, or delete it and train the model again",
    );
  const { format, version, ...rest } = JSON.parse(new TextDecoder().decode(json)) as OwnLaboratory;
  if (format !== ownFormat || version !== ownVersion)
    throw refuse(
      `must be a "${ownFormat}" of version ${ownVersion}`,
      `"${format}" of version ${version}`,
      "read it with the program that wrote it, or train the model again",
    );
  return { format, version, ...rest };
}
