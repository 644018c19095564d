import { mkdir, open, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { makeFolder } from "./makeFolder.js";
import { syncFolder } from "./syncFolder.js";
import { asWriteError } from "./systemRefusal.js";
import { withTemporary } from "./withTemporary.js";

/**
 * Writes a folder with its files whole or not at all: temporary folder beside it, fsync of every file, rename. A folder
 * that holds something already is left as it is.
 *
 * @param files  content by name, or by path within the folder with forward slashes
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
      await writeFiles(temporary, files);
      return takePlace(temporary, path);
    });
  } catch (error) {
    throw asWriteError(path, error);
  }
}

/**
 * Writes new files into a folder, and all of it to the disk.
 *
 * @param files  content by path within the folder, with forward slashes
 */
export async function writeFiles(folder: string, files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
  const folders = new Set([folder]);
  for (const [name, content] of Object.entries(files)) {
    for (let above = dirname(name); above !== "."; above = dirname(above)) folders.add(join(folder, above));
    await mkdir(dirname(join(folder, name)), { recursive: true });
    const file = await open(join(folder, name), "wx");
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
  }
  for (const one of folders) await syncFolder(one);
}

/** Gives a whole folder its name. @returns false where another stands there, which is left as it is */
export async function takePlace(temporary: string, path: string): Promise<boolean> {
  const isTaken = await rename(temporary, path).then(() => false, folderStands);
  if (!isTaken) await syncFolder(dirname(path));
  return !isTaken;
}

function folderStands(error: NodeJS.ErrnoException): true {
  if (error.code === "ENOTEMPTY" || error.code === "EEXIST") return true;
  throw error;
}
