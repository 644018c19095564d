import { existsSync } from "node:fs";
import { InputError } from "../../core/InputError.js";
import { projectName } from "../../io/projectPath.js";
import { readText } from "../../io/readText.js";
import { cellIds, parseNotebook, type Cell, type Notebook } from "./Notebook.js";
import type { NotebookFile } from "./notebookFiles.js";
import { parsePercent, type PercentCell } from "./percentFormat.js";

/**
 * A notebook as its source has it: the cells of the .nb.ts, or of the .ipynb where there is no .nb.ts.
 * Cells that stand unchanged in the .ipynb keep their outputs, wherever they moved.
 *
 * An .ipynb that cannot be read counts as absent when there is a .nb.ts to rebuild it from.
 *
 * @throws InputError if the .ipynb has cells that were edited in Jupyter and are not in the .nb.ts:
 *   whoever writes the notebook next would lose them
 */
export async function readNotebook(file: NotebookFile): Promise<Notebook> {
  if (!existsSync(file.source)) return readExecuted(file);
  const cells = await readSource(file);
  const executed = await readExecutedIfSound(file);
  if (executed === null) return notebookOf(cells, []);
  const edited = editsNotIn(cells, executed);
  if (edited.length > 0) {
    const [first] = edited;
    throw new InputError({
      where: projectName(file.executed),
      must: `every cell edited in Jupyter must be in ${projectName(file.source)} before the notebook is written again`,
      got: `cell ${first + 1}${edited.length > 1 ? ` and ${edited.length - 1} more` : ""} that is not there`,
      mend: "keep the edits with `twin notebooks sync --back`, or drop them by deleting the .ipynb",
    });
  }
  return notebookOf(cells, executed.cells);
}

/** The cells of the .nb.ts. @throws InputError as readText and parsePercent */
export async function readSource(file: NotebookFile): Promise<PercentCell[]> {
  return parsePercent(await readText(file.source), projectName(file.source));
}

/** The .ipynb as it stands. @throws InputError as readText and parseNotebook */
export async function readExecuted(file: NotebookFile): Promise<Notebook> {
  return parseNotebook(await readText(file.executed), projectName(file.executed));
}

/** The cells of a notebook as a .nb.ts holds them. */
export function percentCells({ cells }: Notebook): PercentCell[] {
  return cells.map(({ cell_type: kind, source }) => ({ kind, source }));
}

/** A notebook of these cells, with the outputs that equal cells have in `executed`. */
export function notebookOf(cells: readonly PercentCell[], executed: readonly Cell[]): Notebook {
  const idOfExecuted = cellIds();
  const known = new Map(executed.map((cell) => [idOfExecuted(cell.cell_type, cell.source), cell]));
  const nextId = cellIds();
  return {
    cells: cells.map(({ kind, source }): Cell => {
      const id = nextId(kind, source);
      if (kind === "markdown") return { cell_type: kind, id, source };
      const before = known.get(id);
      const { execution_count, outputs } =
        before?.cell_type === "code" ? before : { execution_count: null, outputs: [] };
      return { cell_type: kind, id, source, execution_count, outputs };
    }),
  };
}

async function readExecutedIfSound(file: NotebookFile): Promise<Notebook | null> {
  if (!existsSync(file.executed)) return null;
  const text = await readText(file.executed);
  try {
    return parseNotebook(text, projectName(file.executed));
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}

/**
 * Positions of cells edited in Jupyter, which keeps the id of a cell that it changes and gives new cells
 * a random one: an id that is not the hash of the content betrays an edit. Empty cells do not count.
 */
function editsNotIn(cells: readonly PercentCell[], { cells: executed }: Notebook): number[] {
  const inSource = new Set(cells.map(({ kind, source }) => `${kind}\n${source}`));
  const idOf = cellIds();
  return executed.flatMap(({ id, cell_type: kind, source }, index) =>
    id === idOf(kind, source) || source.trim() === "" || inSource.has(`${kind}\n${source}`) ? [] : [index],
  );
}
