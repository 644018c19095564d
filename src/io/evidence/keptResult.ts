import { existsSync } from "node:fs";
import { canonicalJson } from "../../core/canonicalJson.js";
import { readJson } from "../readText.js";
import { writeAtomic } from "../writeAtomic.js";

/**
 * A part of a long computation that is kept as soon as it is made, so that one that was stopped goes on where it was.
 *
 * @param path  of a .json file, in a folder that is named after all that the part depends on
 * @param make  plain JSON; called where nothing was kept
 * @throws InputError if what was kept is no JSON (the file named), or it cannot be written
 */
export async function keptResult<Result>(path: string, make: () => Promise<Result>): Promise<Result> {
  if (existsSync(path)) return (await readJson(path)) as Result;
  const result = await make();
  await writeAtomic(path, canonicalJson(result));
  return result;
}
