import { readFileSync } from "node:fs";
import { projectPath } from "../../src/io/projectPath.js";
import type { Notebook } from "../../src/workspace/notebooks/Notebook.js";
import { parsePercent } from "../../src/workspace/notebooks/percentFormat.js";
import { notebookOf } from "../../src/workspace/notebooks/readNotebook.js";

/** The folder of the regression notebooks, inside the project so that cells resolve the package by name. */
export const notebookFolder: string = projectPath("test", "notebooks");

/** One of the regression notebooks, without outputs. */
export function regressionNotebook(name: string): Notebook {
  const where = `${name}.nb.ts`;
  return notebookOf(parsePercent(readFileSync(projectPath("test", "notebooks", where), "utf8"), where));
}

/** A notebook of code cells. */
export function notebookOfCode(...sources: readonly string[]): Notebook {
  return notebookOf(sources.map((source) => ({ kind: "code", source })));
}
