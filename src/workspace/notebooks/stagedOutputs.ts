import { existsSync } from "node:fs";
import { copyFile, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "../../core/InputError.js";
import { filesBelow } from "../../io/filesBelow.js";
import { readText } from "../../io/readText.js";
import { replaceAtomic } from "../../io/writeAtomic.js";
import type { NotebookFile } from "./notebookFiles.js";

/** Folders whose files begin with the number of the notebook that wrote them, and the kind of file that each holds. */
const families = [
  { folder: "figures", extension: ".svg" },
  { folder: "data/evidence", extension: ".json" },
] as const;

/**
 * What a notebook wrote into its staging folder, as sorted paths with forward slashes.
 *
 * @throws InputError if a figure or evidence file lacks the notebook's
 *   number: another notebook would take it for its own
 */
export async function stagedOutputs({ name, prefix }: NotebookFile, stage: string): Promise<string[]> {
  const paths = (await filesBelow(stage)).filter((path) => !path.endsWith(".tmp"));
  const shared = paths.filter((path) => families.some(({ folder }) => path.startsWith(`${folder}/`)));
  const stray = prefix === null ? undefined : shared.find((path) => !path.includes(`/${prefix}-`));
  if (stray !== undefined) {
    const must = `figures and evidence must be named ${prefix}-..., after their notebook`;
    throw new InputError({ where: `notebook ${name}`, must, got: stray, mend: "rename it in the cell that writes it" });
  }
  return paths;
}

/**
 * Figures and evidence of a notebook that stand in its project, sorted.
 * Evidence of `npm run assure` is not the notebook's.
 */
export async function standingOutputs({ prefix, root }: NotebookFile): Promise<string[]> {
  if (prefix === null) return [];
  const found = await Promise.all(
    families.map(async ({ folder, extension }) => {
      const names = (await entries(join(root, folder))).filter(
        (name) => name.startsWith(`${prefix}-`) && name.endsWith(extension),
      );
      return names.map((name) => `${folder}/${name}`);
    }),
  );
  const paths = found.flat().sort();
  const own = await Promise.all(
    paths.map(async (path) => !(path.endsWith(".json") && (await isMadeByAssure(join(root, path))))),
  );
  return paths.filter((_, index) => own[index]);
}

/**
 * Moves files from a staging folder into place, one rename each.
 *
 * @param options.removeStale  removes figures and evidence of this notebook that are not among the paths
 * @returns the paths removed
 * @throws InputError if a place cannot be written; files moved before stay, each whole
 */
export async function publishOutputs(
  file: NotebookFile,
  stage: string,
  paths: readonly string[],
  { removeStale }: { readonly removeStale: boolean },
): Promise<string[]> {
  for (const path of paths)
    await replaceAtomic(join(file.root, path), (temporary) => moved(join(stage, path), temporary));
  const stale = removeStale ? (await standingOutputs(file)).filter((path) => !paths.includes(path)) : [];
  for (const path of stale) await rm(join(file.root, path), { force: true });
  return stale;
}

/** A link may lead to another file system, into which nothing can be renamed. */
async function moved(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EXDEV") throw error;
    await copyFile(from, to);
  }
}

/** Whether an evidence file was made by the long proofs, which notebooks read but do not write. */
export async function isMadeByAssure(path: string): Promise<boolean> {
  try {
    return (JSON.parse(await readText(path)) as { readonly madeBy?: unknown } | null)?.madeBy === "assure";
  } catch {
    return false;
  }
}

async function entries(folder: string): Promise<string[]> {
  return existsSync(folder) ? readdir(folder) : [];
}
