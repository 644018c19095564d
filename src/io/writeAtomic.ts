import { access, chmod, constants, open, readFile, readlink, realpath, rename, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { InputError } from "../core/InputError.js";
import { makeFolder } from "./makeFolder.js";
import { projectName } from "./projectPath.js";
import { requireFolder } from "./requireFolder.js";
import { asWriteError } from "./systemRefusal.js";
import { withTemporary } from "./withTemporary.js";

/**
 * Writes a file whole or not at all: temporary file beside it, fsync, rename.
 * A reader sees the old or the new content; a killed process leaves the old one.
 * A link is written through: the file that it names is replaced, the link stays. Permissions stay, too.
 *
 * @throws InputError if the folder cannot be written or the disk is full; the old file stands
 */
export async function writeAtomic(path: string, content: string | Uint8Array): Promise<void> {
  await replaceAtomic(path, async (temporary) => {
    const file = await open(temporary, "wx");
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
  });
}

/**
 * The same for a writer that needs a path of its own (DuckDB's COPY): it fills
 * `temporary`, which then takes the place of `path`.
 */
export async function replaceAtomic(path: string, fill: (temporary: string) => Promise<void>): Promise<void> {
  try {
    const target = await targetOf(path);
    await makeFolder(dirname(target));
    // Renaming would say so too, or replace a device, but only after the work is done.
    const mode = await standingMode(target);
    await withTemporary(dirname(target), async (temporary) => {
      await fill(temporary);
      if (mode !== null) await chmod(temporary, mode & 0o7777);
      await rename(temporary, target);
    });
  } catch (error) {
    throw asWriteError(path, error);
  }
}

/** What a path leads to through links, also where nothing stands there yet. */
async function targetOf(path: string): Promise<string> {
  const found = await realpath(path).catch(() => null);
  if (found !== null) return found;
  const named = await readlink(path).catch(() => null);
  return named === null ? path : resolve(dirname(path), named);
}

/**
 * Permissions of the file that stands there; null where none does.
 *
 * @throws InputError if it is a device or a pipe, which would be replaced by a file
 */
async function standingMode(target: string): Promise<number | null> {
  const standing = await stat(target).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  });
  if (standing === null) return null;
  if (standing.isDirectory()) throw Object.assign(new Error("EISDIR"), { code: "EISDIR" });
  if (!standing.isFile())
    throw new InputError({
      where: projectName(target),
      must: "an output must be a file",
      got: "a device or a pipe",
      mend: "name a file; nothing was changed",
    });
  return standing.mode;
}

/**
 * Says before long work that a file could not be written at its end.
 *
 * @throws InputError if its folder is missing (the line that makes it is named) or takes no file, or what stands there
 *   is no file, is marked read-only, or another's
 */
export async function requireWritable(path: string): Promise<void> {
  try {
    const target = await targetOf(path);
    const mode = await standingMode(target);
    // Who may write anywhere, and a rename, would pass over the mark.
    if (mode !== null && (mode & 0o222) === 0) throw Object.assign(new Error("read-only"), { code: "EACCES" });
    if (mode !== null) await access(target, constants.W_OK);
    await requireFolder(dirname(target));
  } catch (error) {
    throw asWriteError(path, error);
  }
}

/** Copies a file whole or not at all. @throws InputError as writeAtomic */
export async function copyAtomic(from: string, to: string): Promise<void> {
  await writeAtomic(to, await readFile(from));
}
