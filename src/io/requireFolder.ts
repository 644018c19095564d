import { stat, writeFile } from "node:fs/promises";
import { InputError } from "../core/InputError.js";
import { projectName } from "./projectPath.js";
import { asWriteError } from "./systemRefusal.js";
import { withTemporary } from "./withTemporary.js";

/**
 * Makes sure that files can be made in a folder, by making one.
 *
 * @throws InputError if the folder is missing (the line that makes it is named), is none, or takes no file
 */
export async function requireFolder(path: string): Promise<void> {
  const found = await stat(path).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw asWriteError(path, error);
  });
  if (found === null)
    throw new InputError({
      where: projectName(path),
      must: "the folder of an output must be there",
      got: "no such folder",
      mend: `make it with \`mkdir -p ${quoted(path)}\`, or choose another one; nothing was changed`,
    });
  try {
    // Asking for permission is not enough: who may write anywhere is told yes also where nothing can be written.
    await withTemporary(path, (temporary) => writeFile(temporary, "", { flag: "wx" }));
  } catch (error) {
    throw asWriteError(path, error);
  }
}

/** A path as shells read it. */
function quoted(path: string): string {
  return /^[\w./~+-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}
