import { link, stat } from "node:fs/promises";
import { InputError } from "../core/InputError.js";
import { projectName } from "./projectPath.js";

const noLinks: readonly string[] = ["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EXDEV"];

/**
 * Gives a file a second name, which only the first of several processes can do, also those of other machines on a
 * shared folder.
 *
 * @param made    the file, whole
 * @param folder  what must be able to do so, for messages: "a registry"
 * @returns whether the name is ours: false where another file has it
 * @throws InputError if the file system has no hard links
 */
export async function isLinkedFirst(
  made: string,
  path: string,
  { folder, mend }: { readonly folder: string; readonly mend: string },
): Promise<boolean> {
  try {
    await link(made, path);
    return true;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    // A file system of the network may say so of the link that it has just made.
    if (code === "EEXIST") return (await stat(made)).ino === (await stat(path)).ino;
    if (!noLinks.includes(code)) throw error;
    throw new InputError({
      where: projectName(path),
      must: `${folder} must lie on one file system that makes hard links, by which two writers are told apart`,
      got: code,
      mend: `${mend}; nothing was changed`,
    });
  }
}
