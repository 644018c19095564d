import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { sha256 } from "../../io/sha256.js";
import { writeAtomic } from "../../io/writeAtomic.js";
import type { NotebookFile } from "./notebookFiles.js";

/**
 * Remembers the .ipynb of a project as we wrote it. A file that is still so was not saved in Jupyter since, whatever
 * its cells and ids look like; where this is not known (a fresh checkout), ids tell (readNotebook).
 */
export async function rememberWritten(file: NotebookFile, text: string): Promise<void> {
  // A notebook from elsewhere leaves nothing beside it.
  if (dirname(file.executed) !== file.root) await writeAtomic(recordPath(file), sha256(text));
}

/**
 * Keeps what is about to be replaced, under `.twin/replaced/` in the project.
 *
 * @param ending  of the file: "nb.ts" or "ipynb"
 * @returns the path of the copy
 */
export async function keepReplaced(
  { root, name }: NotebookFile,
  text: string | Uint8Array,
  ending: "nb.ts" | "ipynb",
): Promise<string> {
  const copy = join(root, ".twin", "replaced", `${name}.${sha256(text).slice(0, 8)}.${ending}`);
  await writeAtomic(copy, text);
  return copy;
}

/** Whether the .ipynb is remembered to have had this text. */
export async function isAsWritten(file: NotebookFile, text: string): Promise<boolean> {
  const record = await readFile(recordPath(file), "utf8").catch(() => null);
  return record === sha256(text);
}

function recordPath({ root, name }: NotebookFile): string {
  return join(root, ".twin", "written", `${name}.sha256`);
}
