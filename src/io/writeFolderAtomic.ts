import { randomUUID } from "node:crypto";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { asWriteError } from "./writeAtomic.js";

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
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await mkdir(temporary, { recursive: true });
    for (const [name, content] of Object.entries(files)) {
      const file = await open(join(temporary, name), "wx");
      try {
        await file.writeFile(content);
        await file.sync();
      } finally {
        await file.close();
      }
    }
    const stood = await rename(temporary, path).then(() => false, folderStands);
    if (stood) await rm(temporary, { recursive: true, force: true });
    return !stood;
  } catch (error) {
    await rm(temporary, { recursive: true, force: true }).catch(() => undefined);
    throw asWriteError(path, error);
  }
}

function folderStands(error: NodeJS.ErrnoException): true {
  if (error.code === "ENOTEMPTY" || error.code === "EEXIST") return true;
  throw error;
}
