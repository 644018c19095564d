import { readFile } from "node:fs/promises";
import { InputError } from "../core/InputError.js";
import { projectName } from "./projectPath.js";

/**
 * A UTF-8 text file, whole.
 *
 * @throws InputError if it is missing, unreadable, a folder, or not UTF-8
 */
export async function readText(path: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    const mend = code === "ENOENT" ? "check the path" : code === "EACCES" ? "give yourself read permission" : "name a readable file";
    throw new InputError({ where: projectName(path), must: "the file must be readable", got: code, mend });
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new InputError({ where: projectName(path), must: "the file must be UTF-8 text", got: "other bytes", mend: "save it as UTF-8" });
  }
}

/** A JSON file. @throws InputError as readText, and if it does not parse (position named) */
export async function readJson(path: string): Promise<unknown> {
  const text = await readText(path);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError({ where: projectName(path), must: "the file must hold JSON", got: (error as Error).message, mend: "restore or rewrite the file" });
  }
}
