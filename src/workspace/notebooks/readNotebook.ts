import { existsSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { InputError } from "../../core/InputError.js";
import { projectName } from "../../io/projectPath.js";
import { readText } from "../../io/readText.js";
import { markedMetadata, unmarkedMetadata } from "./markedMetadata.js";
import { cellIds, NotebookDamage, parseNotebook, unixLines, type Cell, type Notebook } from "./Notebook.js";
import type { NotebookFile } from "./notebookFiles.js";
import { parsePercent, type PercentCell } from "./percentFormat.js";
import { requireOwnKernel } from "./requireOwnKernel.js";
import { isAsWritten } from "./writtenNotebooks.js";

/**
 * A notebook as its source has it: the cells of the .nb.ts, or of the .ipynb where there is no .nb.ts.
 * Cells that stand unchanged in the .ipynb keep their outputs, wherever they moved; what the .nb.ts does not tell of
 * the notebook and its cells stays as the .ipynb has it.
 *
 * An .ipynb that is damaged counts as absent when there is a .nb.ts to rebuild it from.
 *
 * @throws InputError if the .ipynb has cells that were edited in Jupyter and are not in the .nb.ts:
 *   whoever writes the notebook next would lose them; if it is another kernel's or of another nbformat
 */
export async function readNotebook(file: NotebookFile): Promise<Notebook> {
  if (!existsSync(file.source)) return readExecuted(file);
  const cells = await readSource(file);
  const executed = await readExecutedIfSound(file);
  if (executed === null) return notebookOf(cells);
  const edited = (await isAsWritten(file, executed.text!)) ? [] : editsNotIn(cells, executed);
  if (edited.length > 0) {
    const [first] = edited;
    throw new InputError({
      where: projectName(file.executed),
      must: `every cell edited in Jupyter must be in ${projectName(file.source)} before the notebook is written again`,
      got: `cell ${first + 1}${edited.length > 1 ? ` and ${edited.length - 1} more` : ""} that is not there`,
      mend: "keep the edits with `twin notebooks sync --back`, or drop them by deleting the .ipynb",
    });
  }
  return notebookOf(cells, executed);
}

/** The same where a .nb.ts stands, edits made in Jupyter left out. */
export async function readNotebookOfSource(file: NotebookFile): Promise<Notebook> {
  return notebookOf(await readSource(file), (await readExecutedIfSound(file)) ?? undefined);
}

/** The cells of the .nb.ts. @throws InputError as readText and parsePercent */
async function readSource(file: NotebookFile): Promise<PercentCell[]> {
  return parsePercent(await readText(file.source), projectName(file.source));
}

/** The .ipynb as it stands. @throws InputError as readText, parseNotebook and requireOwnKernel */
export async function readExecuted(file: NotebookFile): Promise<Notebook> {
  const where = projectName(file.executed);
  const notebook = parseNotebook(await readText(file.executed, { keepsMark: true }), where);
  requireOwnKernel(notebook.metadata ?? {}, where);
  return notebook;
}

/** The cells of a notebook as a .nb.ts holds them. */
export function percentCells({ cells }: Notebook): PercentCell[] {
  return cells.map(({ cell_type: kind, source, metadata = {} }) => {
    const marked = markedMetadata(metadata);
    return { kind, source, ...(Object.keys(marked).length === 0 ? {} : { metadata: marked }) };
  });
}

/**
 * A notebook of these cells, with the outputs that equal cells have in `executed`, and with everything else that only
 * this one holds. A cell that was edited where it stood keeps all but its outputs.
 */
export function notebookOf(cells: readonly PercentCell[], executed: Notebook = { cells: [] }): Notebook {
  const idOfExecuted = cellIds();
  const known = new Map(executed.cells.map((cell) => [idOfExecuted(cell.cell_type, cell.source), cell]));
  const contentId = cellIds();
  const equals = cells.map(({ kind, source }) => known.get(contentId(kind, source)));
  const taken = new Set<Cell | undefined>(equals);
  const places = new Map<Cell | undefined, number>(executed.cells.map((cell, place) => [cell, place]));
  let before: Cell | undefined;
  const nextId = cellIds();
  const made = cells.map(({ kind, source, metadata = {} }, at): Cell => {
    const next = executed.cells[(places.get(before) ?? -1) + 1];
    const equal = equals[at];
    const edited = next?.cell_type === kind && !taken.has(next) ? next : undefined;
    before = equal ?? edited;
    taken.add(before);
    const all = { ...unmarkedMetadata(before?.metadata ?? {}), ...metadata };
    const common = {
      id: nextId(kind, source, metadata),
      source,
      ...(Object.keys(all).length === 0 ? {} : { metadata: all }),
      ...(before?.origin === undefined ? {} : { origin: before.origin }),
    };
    if (kind !== "code") return { cell_type: kind, ...common };
    const { execution_count, outputs } = equal?.cell_type === "code" ? equal : { execution_count: null, outputs: [] };
    return { cell_type: kind, ...common, execution_count, outputs };
  });
  return { ...executed, cells: made };
}

async function readExecutedIfSound(file: NotebookFile): Promise<Notebook | null> {
  if (!existsSync(file.executed)) return null;
  try {
    return await readExecuted(file);
  } catch (error) {
    if (error instanceof NotebookDamage) return null;
    throw error;
  }
}

/**
 * Positions of cells edited in Jupyter, which keeps the id of a cell that it changes and gives new cells
 * a random one: an id that is not the hash of the content betrays an edit. Before nbformat 4.5, without ids, every
 * cell that is not in the source counts as one. Empty cells do not.
 */
function editsNotIn(cells: readonly PercentCell[], executed: Notebook): number[] {
  const contentOf = ({ kind, source }: PercentCell): string => `${kind}\n${unixLines(source)}`;
  const inSource = new Map<string, PercentCell[]>();
  for (const cell of cells) inSource.set(contentOf(cell), [...(inSource.get(contentOf(cell)) ?? []), cell]);
  const idOf = cellIds();
  const percent = percentCells(executed);
  return executed.cells.flatMap(({ id, source }, index) => {
    const { kind, metadata } = percent[index];
    const isSame = (other: PercentCell): boolean => isDeepStrictEqual(other.metadata ?? {}, metadata ?? {});
    const isKnown = id === idOf(kind, source, metadata) || source.trim() === "";
    return isKnown || inSource.get(contentOf(percent[index]))?.some(isSame) ? [] : [index];
  });
}
