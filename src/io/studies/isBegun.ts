import { readdir } from "node:fs/promises";
import { InputError } from "../../core/InputError.js";
import { projectName } from "../projectPath.js";
import { asReadError } from "../systemRefusal.js";

/**
 * Whether a folder holds a file by which it is known. One that is missing or empty does not.
 *
 * @param what  such a folder, for messages: "a study"
 * @throws InputError if it holds other things alone: it is somebody's, for something else
 */
export async function isBegun(folder: string, file: string, what: string): Promise<boolean> {
  const names = await readdir(folder).catch((error: unknown): string[] => {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw asReadError(folder, error);
  });
  if (names.includes(file)) return true;
  const other = names.find((name) => !name.startsWith("."));
  if (other === undefined) return false;
  throw new InputError({
    where: projectName(folder),
    must: `must be new, empty, or the folder of ${what}`,
    got: `one with ${other} and without ${file}`,
    mend: "choose another folder",
  });
}
