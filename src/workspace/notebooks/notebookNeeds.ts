import { existsSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../../core/InputError.js";
import { projectName } from "../../io/projectPath.js";
import { readJson } from "../../io/readText.js";
import type { NotebookFile } from "./notebookFiles.js";

/** Whose results a notebook reads: by name the notebooks that it needs, all of them before it. */
export type NotebookNeeds = ReadonlyMap<string, readonly string[]>;

/** The file of a project that says so. */
const place = ["notebooks", "needs.json"] as const;

/**
 * What each notebook reads of others, from `notebooks/needs.json`: names with lists of names. A notebook that is not
 * named there needs all before it.
 *
 * @throws InputError if the file names what is no notebook of the series, or one that does not come before
 */
export async function notebookNeeds(files: readonly NotebookFile[]): Promise<NotebookNeeds> {
  const names = files.map(({ name }) => name);
  const path = join(files[0].root, ...place);
  const listed = existsSync(path) ? ((await readJson(path)) as Readonly<Record<string, readonly string[]>>) : {};
  for (const [name, needed] of Object.entries(listed)) {
    const at = names.indexOf(name);
    const stray = at < 0 ? name : needed.find((other) => !names.slice(0, at).includes(other));
    if (stray !== undefined)
      throw new InputError({
        where: projectName(path),
        must: "must name notebooks, each with such as come before it",
        got: at < 0 ? `"${name}"` : `"${stray}" for "${name}"`,
        mend: "name them as their files are named, without .nb.ts",
      });
  }
  return new Map(names.map((name, at) => [name, listed[name] ?? names.slice(0, at)]));
}
