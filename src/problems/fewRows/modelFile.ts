import { join } from "node:path";
import { InputError } from "../../core/InputError.js";
import { packNumbers, unpackNumbers } from "../../core/packNumbers.js";
import { projectName } from "../../io/projectPath.js";
import { readText } from "../../io/readText.js";
import { sha256 } from "../../io/sha256.js";
import { writeFolderAtomic } from "../../io/writeFolderAtomic.js";

/** A kind of model that is one file of JSON, alone in a folder that is named after its hash. */
export interface ModelFile {
  /** "platelets". */
  readonly of: string;
  /** First field of the file, which tells kinds and versions apart. */
  readonly format: string;
  readonly file: string;
}

/** A model as text: JSON, from which numbers come back to the last bit. */
export function modelText(model: unknown): string {
  return `${JSON.stringify(packNumbers(model))}\n`;
}

/**
 * The model that a text holds.
 *
 * @param where  file, for messages
 * @throws InputError if it is no model of this kind
 */
export function parseModelText<Model>({ of, format: wanted }: ModelFile, text: string, where: string): Model {
  const refuse = (got: string): InputError =>
    new InputError({
      where,
      must: `must be a model of ${of}, format "${wanted}"`,
      got,
      mend: "take a file that was saved as one",
    });
  let found: unknown;
  try {
    found = unpackNumbers(JSON.parse(text));
  } catch {
    throw refuse("no JSON of numbers");
  }
  const { format } = (found ?? {}) as { readonly format?: unknown };
  if (format !== wanted) throw refuse(format === undefined ? "no format" : JSON.stringify(format));
  return found as Model;
}

/**
 * Saves a model in a folder of its own, named after the SHA-256 of its file, whole or not at all.
 *
 * @param directory  made if it is not there
 * @returns the name, for loadModelFile
 * @throws InputError if the folder cannot be written
 */
export async function saveModelFile(kind: ModelFile, directory: string, model: unknown): Promise<string> {
  const text = modelText(model);
  const name = sha256(text);
  const isNew = await writeFolderAtomic(join(directory, name), { [kind.file]: text });
  // Saved before: then it must be whole.
  if (!isNew) await loadModelFile(kind, directory, name);
  return name;
}

/**
 * A model that saveModelFile saved.
 *
 * @param name  of its folder under `directory`
 * @throws InputError if the file is missing, changed by a single byte, or no model of this kind
 */
export async function loadModelFile<Model>(kind: ModelFile, directory: string, name: string): Promise<Model> {
  const path = join(directory, name, kind.file);
  const text = await readText(path);
  if (sha256(text) !== name)
    throw new InputError({
      where: projectName(path),
      must: "must have the hash that its folder is named after",
      got: sha256(text),
      mend: "the file was changed after it was saved: restore the folder, or delete it and train the model again",
    });
  return parseModelText(kind, text, projectName(path));
}
