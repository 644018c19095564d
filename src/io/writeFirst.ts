import { dirname } from "node:path";
import { isLinkedFirst } from "./isLinkedFirst.js";
import { makeFolder } from "./makeFolder.js";
import { syncFolder } from "./syncFolder.js";
import { asWriteError } from "./systemRefusal.js";
import { withTemporary } from "./withTemporary.js";
import { writeAtomic } from "./writeAtomic.js";

/**
 * Writes a file that is not there yet, whole or not at all. Of several who do so at once one does.
 *
 * @param folder  what must lie on a file system that can do so, as isLinkedFirst takes it
 * @returns whether it was written; false where one stands there, which is left as it is
 * @throws InputError if the place cannot be written or the disk is full
 */
export async function writeFirst(
  path: string,
  content: string,
  folder: Parameters<typeof isLinkedFirst>[2],
): Promise<boolean> {
  try {
    await makeFolder(dirname(path));
    return await withTemporary(dirname(path), async (temporary) => {
      await writeAtomic(temporary, content);
      const isFirst = await isLinkedFirst(temporary, path, folder);
      await syncFolder(dirname(path));
      return isFirst;
    });
  } catch (error) {
    throw asWriteError(path, error);
  }
}
