import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { requireFolder } from "./requireFolder.js";
import { asWriteError } from "./systemRefusal.js";

/**
 * Makes a folder in which files can be made, before the work whose result goes there.
 *
 * @throws InputError if there can be none, or the folder above is missing (the line that makes it is named)
 */
export async function ensureFolder(path: string): Promise<void> {
  if ((await stat(path).catch(() => null)) === null) {
    await requireFolder(dirname(path));
    await mkdir(path).catch((error: unknown) => {
      throw asWriteError(path, error);
    });
  }
  await requireFolder(path);
}
