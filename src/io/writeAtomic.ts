import { randomUUID } from "node:crypto";
import {
  access,
  chmod,
  constants,
  mkdir,
  open,
  readFile,
  readlink,
  realpath,
  rename,
  rm,
  stat,
} from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { InputError } from "../core/InputError.js";
import { projectName } from "./projectPath.js";

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
  const target = await targetOf(path);
  // Not the process id: in a container the next process has the same one,
  // and would stumble over what a killed one left.
  const temporary = `${target}.${randomUUID()}.tmp`;
  try {
    await mkdir(dirname(target), { recursive: true });
    // Renaming would say so too, but only after the work is done.
    const standing = await stat(target).catch(() => null);
    if (standing?.isDirectory() === true) throw Object.assign(new Error("EISDIR"), { code: "EISDIR" });
    await fill(temporary);
    if (standing !== null) await chmod(temporary, standing.mode & 0o7777);
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
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
 * Says before long work that a file could not be written at its end.
 *
 * @throws InputError if a file stands there that is marked read-only or another's, or its folder cannot be written
 */
export async function requireWritable(path: string): Promise<void> {
  const target = await realpath(path).catch(() => null);
  if (target === null) return;
  try {
    // Who may write anywhere, and a rename, would pass over the mark.
    if (((await stat(target)).mode & 0o222) === 0) throw Object.assign(new Error("read-only"), { code: "EACCES" });
    await access(target, constants.W_OK);
    await access(dirname(target), constants.W_OK);
  } catch (error) {
    throw asWriteError(path, error);
  }
}

const mends: Readonly<Record<string, string>> = {
  EACCES: "give yourself write permission or choose another folder",
  EPERM: "give yourself write permission or choose another folder",
  EROFS: "the file system is read-only: choose another folder",
  ENOSPC: "free disk space and run again",
  EDQUOT: "free disk space and run again",
  EISDIR: "a folder stands at this path: remove it or choose another name",
  ENOTDIR: "a file stands where a folder is needed: remove it or choose another name",
  ENOENT: "nothing can be made in this folder: choose another one",
  EEXIST: "a file stands where a folder is needed: remove it or choose another name",
};

/** A refusal of the file system as what the user can do about it; any other error as it is. */
export function asWriteError(path: string, error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code ?? "";
  if (!(code in mends)) return error;
  return new InputError({
    where: projectName(path),
    must: "the file must be writable",
    got: code,
    mend: `${mends[code]}; nothing was changed`,
  });
}

/** Copies a file whole or not at all. @throws InputError as writeAtomic */
export async function copyAtomic(from: string, to: string): Promise<void> {
  await writeAtomic(to, await readFile(from));
}
