import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { InputError } from "../../core/InputError.js";
import { projectName, projectPath } from "../../io/projectPath.js";
import { readBytes, readText } from "../../io/readText.js";
import { requireWritable, writeAtomic } from "../../io/writeAtomic.js";
import { notebookJson, unixLines } from "./Notebook.js";
import { notebookAt, type NotebookFile } from "./notebookFiles.js";
import { parsePercent, printPercent, type PercentCell } from "./percentFormat.js";
import { withProjectLock } from "./projectLock.js";
import { notebookOf, percentCells, readExecuted, readNotebook } from "./readNotebook.js";
import { isAsWritten, keepReplaced, rememberWritten } from "./writtenNotebooks.js";

/** What a sync did, as paths from the project root. */
export interface Sync {
  readonly written: readonly string[];
  readonly unchanged: readonly string[];
  /** Copies of the .nb.ts files that --back replaced, and of damaged .ipynb files that were rebuilt. */
  readonly kept: readonly string[];
}

/**
 * Brings every .ipynb of a project into line with its .nb.ts; outputs of unchanged cells stay, and so does all that a
 * .nb.ts does not hold: metadata of the notebook, attachments, fields of other programs. Ids of cells follow their
 * content (cellIds). Writes nothing where the bytes are equal already.
 *
 * @param options.back  the other way first: imports notebooks saved in Jupyter into the .nb.ts, of which a copy is
 *   kept under `.twin/replaced/`; a numbered .ipynb without .nb.ts gets one
 * @throws InputError as readNotebook, and if a cell holds what the .nb.ts cannot
 */
export async function syncNotebooks({
  root = projectPath(),
  back = false,
}: { readonly root?: string; readonly back?: boolean } = {}): Promise<Sync> {
  return withProjectLock(root, async () => {
    const results: Sync[] = [];
    const files = await notebooksToSync(root, back);
    // All are read before the first is written.
    for (const file of files) await (back && existsSync(file.executed) ? readExecuted(file) : readNotebook(file));
    for (const file of files) {
      const imported = back && existsSync(file.executed) ? await importEdits(file) : nothing;
      results.push(imported, await writeExecuted(file));
    }
    return {
      written: results.flatMap(({ written }) => written),
      unchanged: results.flatMap(({ unchanged }) => unchanged),
      kept: results.flatMap(({ kept }) => kept),
    };
  });
}

/** What a sync did, for the terminal. */
export function formatSync({ written, unchanged, kept }: Sync): string {
  const lines = [...written.map((path) => `wrote ${path}`), ...kept.map((path) => `kept the replaced text as ${path}`)];
  return [...lines, `${written.length} written, ${unchanged.length} unchanged`].join("\n");
}

const nothing: Sync = { written: [], unchanged: [], kept: [] };

async function notebooksToSync(root: string, back: boolean): Promise<NotebookFile[]> {
  const folder = join(root, "notebooks");
  const names = existsSync(folder) ? await readdir(folder) : [];
  const wanted = names.filter((name) => name.endsWith(".nb.ts") || (back && /^\d\d-.+\.ipynb$/.test(name)));
  if (wanted.length === 0) {
    throw new InputError({
      where: projectName(folder),
      must: "must hold notebooks named NN-name.nb.ts",
      got: "none",
      mend: "restore them from git",
    });
  }
  const stems = new Set(wanted.map((name) => name.replace(/\.(?:nb\.ts|ipynb)$/, "")));
  return [...stems]
    .sort()
    .map((stem) =>
      notebookAt(join(folder, existsSync(join(folder, `${stem}.nb.ts`)) ? `${stem}.nb.ts` : `${stem}.ipynb`), root),
    );
}

async function writeExecuted(file: NotebookFile): Promise<Sync> {
  const notebook = await readNotebook(file);
  const json = notebookJson(notebook);
  const path = projectName(file.executed);
  if (notebook.text === json) {
    await rememberWritten(file, json);
    return { ...nothing, unchanged: [path] };
  }
  await requireWritable(file.executed);
  const damaged = notebook.text === undefined && existsSync(file.executed) ? await readBytes(file.executed) : null;
  const kept = damaged === null ? [] : [projectName(await keepReplaced(file, damaged, "ipynb"))];
  await writeAtomic(file.executed, json);
  await rememberWritten(file, json);
  return { written: [path], unchanged: [], kept };
}

async function importEdits(file: NotebookFile): Promise<Sync> {
  const path = projectName(file.source);
  const executed = await readExecuted(file);
  const cells = percentCells(executed);
  const hasSource = existsSync(file.source);
  // As we wrote it, to the byte: nobody saved it in Jupyter, and where the .nb.ts differs it is the newer one.
  const fresh = notebookJson({ cells: notebookOf(cells, executed).cells });
  if (hasSource && (fresh === executed.text || (await isAsWritten(file, executed.text!))))
    return { ...nothing, unchanged: [path] };
  const printed = printPercent(cells, projectName(file.executed));
  if (!hasSource) {
    await writeAtomic(file.source, printed);
    return { ...nothing, written: [path] };
  }
  const standing = await readText(file.source);
  if (holdsCells(standing, cells)) return { ...nothing, unchanged: [path] };
  const copy = await keepReplaced(file, standing, "nb.ts");
  await writeAtomic(file.source, printed);
  return { written: [path], unchanged: [], kept: [projectName(copy)] };
}

/** Compared as cells: a .nb.ts that merely spaces them otherwise is left as its author wrote it. */
function holdsCells(text: string, cells: readonly PercentCell[]): boolean {
  try {
    return isDeepStrictEqual(
      parsePercent(text, ""),
      cells.map((cell) => ({ ...cell, source: unixLines(cell.source) })),
    );
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}
