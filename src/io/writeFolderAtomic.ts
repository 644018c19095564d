import { mkdir, open, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { makeFolder } from "./makeFolder.js";
import { asWriteError } from "./systemRefusal.js";
import { withTemporary } from "./withTemporary.js";

/**
 * Writes a folder with its files whole or not at all: temporary folder beside it, fsync of every file, rename. A folder
 * that holds something already is left as it is.
 *
 * @param files  content by name
 * @returns whether it was written; false where a folder stood there
 * @throws InputError if the place cannot be written or the disk is full; nothing was changed
 */
export async function writeFolderAtomic(
  path: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<boolean> {
  try {
    await makeFolder(dirname(path));
    return await withTemporary(dirname(path), async (temporary) => {
      await mkdir(temporary);
      for (const [name, content] of Object.entries(files)) {
        const file = await open(join(temporary, name), "wx");
        try {
          await file.writeFile(content);
          await file.sync();
        } finally {
          await file.close();
        }
      }
      return !(await rename(temporary, path).then(() => false, folderStands));
    });
  } catch (error) {
    throw asWriteError(path, error);
  }
}

function folderStands(error: NodeJS.ErrnoException): true {
  if (error.code === "ENOTEMPTY" || error.code === "EEXIST") return true;
  throw error;
}
