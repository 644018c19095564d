import { InputError } from "../core/InputError.js";
import { projectName } from "../io/projectPath.js";
import { studyFiles } from "./readSettings.js";

/**
 * Refuses to go on with a study where none stands.
 *
 * @param what  must be given to begin one
 */
export function noStudy(folder: string, what: string): never {
  throw new InputError({
    where: projectName(folder),
    must: "must be the folder of a study that was begun, to go on with it",
    got: `one without ${studyFiles.settings}`,
    mend: `name another folder, or give ${what}`,
  });
}
