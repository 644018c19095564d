import { readFile } from "node:fs/promises";
import { InputError } from "../core/InputError.js";
import { projectName } from "./projectPath.js";

/** A file, whole. @throws InputError if it is missing, unreadable, or a folder */
export async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    const mend =
      code === "ENOENT"
        ? "check the path"
        : code === "EACCES"
          ? "give yourself read permission"
          : "name a readable file";
    throw new InputError({ where: projectName(path), must: "the file must be readable", got: code, mend });
  }
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
  } catch {
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
