import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { InputError } from "../../core/InputError.js";
import { projectName } from "../../io/projectPath.js";

/** Where a notebook and what it writes live. */
export interface NotebookFile {
  /** "01-experiments": stem of the .nb.ts, the .ipynb and the record of the run. */
  readonly name: string;
  /**
   * "01", which its figures and evidence begin with; null for a notebook outside the numbered series, which is that of
   * the .nb.ts in the project's notebooks/.
   */
  readonly prefix: string | null;
  /** The .nb.ts, source of truth where it exists. */
  readonly source: string;
  /** The .ipynb. */
  readonly executed: string;
  /** Folder that figures/ and data/evidence/ are in: the project, or the folder of a notebook from elsewhere. */
  readonly root: string;
}

const numbered = /^(\d\d)-.+\.nb\.ts$/;

/**
 * The numbered notebooks of a project, in the order they run.
 *
 * @throws InputError if there is none, or if two share a number and so would take each other's figures for stale
 */
export async function listNotebooks(root: string): Promise<NotebookFile[]> {
  const folder = join(root, "notebooks");
  const names = existsSync(folder) ? (await readdir(folder)).filter((name) => numbered.test(name)).sort() : [];
  if (names.length === 0) {
    throw new InputError({
      where: projectName(folder),
      must: "must hold notebooks named NN-name.nb.ts",
      got: "none",
      mend: "restore them from git",
    });
  }
  const twin = names.findIndex((name, index) => index > 0 && name.slice(0, 2) === names[index - 1].slice(0, 2));
  if (twin !== -1) {
    const got = `${names[twin - 1]} and ${names[twin]}`;
    throw new InputError({
      where: projectName(folder),
      must: "each notebook must have its own number",
      got,
      mend: "rename one",
    });
  }
  return names.map((name) => notebookFile(join(folder, name.slice(0, -".nb.ts".length)), root));
}

/**
 * The notebook at a path given by a user, .ipynb or .nb.ts, anywhere on disk.
 *
 * @throws InputError if it is neither, or not there
 */
export function notebookAt(path: string, root: string): NotebookFile {
  const stem = /^(.+)\.(?:ipynb|nb\.ts)$/.exec(resolve(path))?.[1];
  if (stem === undefined) {
    throw new InputError({
      where: path,
      must: "must be a notebook, .ipynb or .nb.ts",
      got: `"${basename(path)}"`,
      mend: "name a notebook file",
    });
  }
  const file = notebookFile(stem, root);
  if (!existsSync(file.source) && !existsSync(file.executed)) {
    throw new InputError({ where: path, must: "the notebook must exist", got: "no such file", mend: "check the path" });
  }
  return file;
}

function notebookFile(stem: string, root: string): NotebookFile {
  const name = basename(stem);
  const inProject = dirname(stem) === join(resolve(root), "notebooks");
  const source = `${stem}.nb.ts`;
  return {
    name,
    prefix: inProject && existsSync(source) ? (numbered.exec(basename(source))?.[1] ?? null) : null,
    source,
    executed: `${stem}.ipynb`,
    root: inProject ? resolve(root) : dirname(stem),
  };
}
