import type { CodeCell, Notebook } from "../notebooks/Notebook.js";

/** A code cell of a notebook as its page anchors it. */
export interface CellPlace {
  /** Name of the notebook. */
  readonly page: string;
  /** Id of the cell. */
  readonly cell: string;
  /** Of the notebook's code cells, from 1. */
  readonly number: number;
}

/**
 * The cell that made each evidence file, by the file's id. A takeaway names variables in its source and the
 * files in them in its output, in one order; the cell that declares the variable made the file. Where the
 * sources do not tell, it is the first cell whose takeaway rests on the file.
 */
export function evidenceCells(
  notebooks: readonly { readonly name: string; readonly notebook: Notebook }[],
): ReadonlyMap<string, CellPlace> {
  const places = new Map<string, CellPlace>();
  for (const { name, notebook } of notebooks) {
    const cells = notebook.cells.filter((cell) => cell.cell_type === "code");
    const place = (index: number): CellPlace => ({ page: name, cell: cells[index].id, number: index + 1 });
    cells.forEach((cell, index) => {
      const variables = takeawayVariables(cell.source);
      citedFiles(cell).forEach((id, position) => {
        const maker = cells.findIndex(({ source }) => declares(source, variables[position]));
        if (!places.has(id)) places.set(id, place(maker < 0 ? index : maker));
      });
    });
  }
  return places;
}

/** What follows the sentence of a takeaway: takeaway(`...`, sizes, emission). */
function takeawayVariables(source: string): readonly string[] {
  const [, list = ""] = /takeaway\(\s*`[^`]*`\s*,\s*([\w$\s,]+?),?\s*\)/.exec(source) ?? [];
  return list.split(/\s*,\s*/);
}

function citedFiles({ outputs }: CodeCell): readonly string[] {
  const texts = outputs.map((output) => ("data" in output ? output.data["text/markdown"] : undefined));
  return texts.flatMap((text) => (typeof text === "string" ? citedEvidence(text) : []));
}

/** Ids of the evidence files that a Markdown text of a notebook links, in its order. */
export function citedEvidence(markdown: string): string[] {
  return [...markdown.matchAll(/\]\(\.\.\/data\/evidence\/([\w-]+)\.json\)/g)].map(([, id]) => id);
}

function declares(source: string, variable: string | undefined): boolean {
  return (
    variable !== undefined &&
    [...source.matchAll(/\b(?:const|let)\s+([\w$]+)\s*=/g)].some(([, name]) => name === variable)
  );
}
