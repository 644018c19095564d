import { readFile, stat } from "node:fs/promises";
import { InputError } from "../core/InputError.js";
import { projectName } from "./projectPath.js";
import { asReadError } from "./systemRefusal.js";

/** A file, whole. @throws InputError if it is missing, unreadable, a folder, or a device */
export async function readBytes(path: string): Promise<Uint8Array> {
  try {
    const found = await stat(path);
    // Some, like /dev/zero, never come to an end. A pipe does.
    if (found.isCharacterDevice() || found.isBlockDevice()) throw refusal(path, "a device");
    return await readFile(path);
  } catch (error) {
    throw isTooLarge(error) ? refusal(path, "more than memory takes at once") : asReadError(path, error);
  }
}

function refusal(path: string, got: string): InputError {
  return new InputError({
    where: projectName(path),
    must: "must be a file of at most some hundred megabytes",
    got,
    mend: "name another file",
  });
}

function isTooLarge(error: unknown): boolean {
  return ["ERR_FS_FILE_TOO_LARGE", "ERR_STRING_TOO_LONG"].includes((error as NodeJS.ErrnoException).code ?? "");
}

/**
 * A UTF-8 text file, whole.
 *
 * @param options.keepsMark  leaves a byte order mark in the text (default: taken off)
 * @throws InputError as readBytes, and if it is not UTF-8
 */
export async function readText(
  path: string,
  { keepsMark = false }: { readonly keepsMark?: boolean } = {},
): Promise<string> {
  const bytes = await readBytes(path);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: keepsMark }).decode(bytes);
  } catch (error) {
    if (isTooLarge(error)) throw refusal(path, "more than memory takes at once");
    throw new InputError({
      where: projectName(path),
      must: "the file must be UTF-8 text",
      got: "other bytes",
      mend: "save it as UTF-8",
    });
  }
}

/** A JSON file. @throws InputError as readText, and if it does not parse (position named) */
export async function readJson(path: string): Promise<unknown> {
  const text = await readText(path);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError({
      where: projectName(path),
      must: "the file must hold JSON",
      got: (error as Error).message,
      mend: "restore or rewrite the file",
    });
  }
}
