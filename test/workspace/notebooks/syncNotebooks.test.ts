import { chmodSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  notebookJson,
  parseNotebook,
  type CodeCell,
  type Notebook,
} from "../../../src/workspace/notebooks/Notebook.js";
import { formatSync, syncNotebooks } from "../../../src/workspace/notebooks/syncNotebooks.js";
import { temporaryProject } from "../../support/temporaryProject.js";
import { get, put } from "../playedKernel.js";

const source = "// %% [markdown]\n// # One\n\n// %%\nconst x = 1;\n\n// %%\nx + 1;\n";
const one = "notebooks/01-one.nb.ts";
const executed = "notebooks/01-one.ipynb";
const root = process.getuid?.() === 0;

describe("syncNotebooks", () => {
  it("makes an .ipynb, then writes nothing while nothing changes", async () => {
    const project = temporaryProject({ [one]: source });
    expect((await syncNotebooks({ root: project })).written).toHaveLength(1);
    const before = statSync(join(project, executed)).ino;
    expect(await syncNotebooks({ root: project })).toMatchObject({ written: [], kept: [] });
    expect(statSync(join(project, executed)).ino).toBe(before);
    expect(parseNotebook(get(project, executed)!, executed).cells.map((cell) => cell.source)).toEqual([
      "# One",
      "const x = 1;",
      "x + 1;",
    ]);
  });

  it("round trips through a new .nb.ts byte for byte", async () => {
    const project = temporaryProject({ [one]: source });
    await syncNotebooks({ root: project });
    const moved = temporaryProject({ [executed]: get(project, executed)! });
    const { written } = await syncNotebooks({ root: moved, back: true });
    expect(written).toEqual([join(moved, one)]);
    expect(get(moved, one)).toBe(source);
    expect(get(moved, executed)).toBe(get(project, executed));
  });

  it("keeps outputs of cells that stay, wherever they move, and drops those of changed ones", async () => {
    const project = await executedProject();
    put(project, one, "// %%\nx + 1;\n\n// %%\nconst x = 2;\n");
    await syncNotebooks({ root: project });
    const [moved, changed] = codeCells(project);
    expect(moved).toMatchObject({ source: "x + 1;", execution_count: 2, outputs: [{ text: "output of x + 1;" }] });
    expect(changed).toMatchObject({ source: "const x = 2;", execution_count: null, outputs: [] });
  });

  it("refuses to overwrite a cell edited in Jupyter, and takes it into the .nb.ts with --back", async () => {
    const project = await executedProject();
    saveInJupyter(project, (cell) => (cell.source === "x + 1;" ? { ...cell, source: "x + 41;" } : cell));
    const edited = get(project, executed);
    await expect(syncNotebooks({ root: project })).rejects.toThrow(
      /cell 3 that is not there; keep the edits with `twin notebooks sync --back`/,
    );
    expect(get(project, executed)).toBe(edited);

    const { written, kept } = await syncNotebooks({ root: project, back: true });
    expect(get(project, one)).toBe(source.replace("x + 1;", "x + 41;"));
    expect(written).toEqual([join(project, one), join(project, executed)]);
    expect(get("", kept[0])).toBe(source);
    expect(codeCells(project)[0].outputs).toHaveLength(1);
    expect((await syncNotebooks({ root: project })).written).toEqual([]);
  });

  it("lets an empty cell that Jupyter appended go", async () => {
    const project = await executedProject();
    const { cells } = parseNotebook(get(project, executed)!, executed);
    put(
      project,
      executed,
      notebookJson({
        cells: [...cells, { cell_type: "code", id: "a-random-id", source: "", execution_count: null, outputs: [] }],
      }),
    );
    await syncNotebooks({ root: project });
    expect(codeCells(project)).toHaveLength(2);
  });

  it("--back leaves a .nb.ts alone that is newer than an .ipynb nobody saved in Jupyter", async () => {
    const project = await executedProject();
    const newer = `${source}\n// %%\nx + 2;\n`;
    put(project, one, newer);
    await syncNotebooks({ root: project, back: true });
    expect(get(project, one)).toBe(newer);
    expect(codeCells(project)).toHaveLength(3);
  });

  it("--back imports the removal of a cell, of which no cell tells", async () => {
    const project = await executedProject();
    const { cells } = JSON.parse(get(project, executed)!) as { cells: unknown[] };
    put(project, executed, JSON.stringify({ nbformat: 4, metadata: {}, nbformat_minor: 5, cells: cells.slice(0, 2) }));
    await syncNotebooks({ root: project, back: true });
    expect(get(project, one)).toBe("// %% [markdown]\n// # One\n\n// %%\nconst x = 1;\n");
  });

  it("--back leaves a .nb.ts that spaces the same cells otherwise as its author wrote it", async () => {
    const wide = `\n${source}`;
    const project = temporaryProject({ [one]: wide });
    await syncNotebooks({ root: project });
    put(project, executed, get(project, executed)!.replace('"metadata": {}', '"metadata": {"tags": []}'));
    await syncNotebooks({ root: project, back: true });
    expect(get(project, one)).toBe(wide);
  });

  it("rebuilds an .ipynb that is corrupt, as the .nb.ts has all of it", async () => {
    const project = temporaryProject({ [one]: source, [executed]: '{"cells": [' });
    const { written, kept } = await syncNotebooks({ root: project });
    expect(written).toHaveLength(1);
    expect(codeCells(project)).toHaveLength(2);
    expect(get("", kept[0])).toBe('{"cells": [');
  });

  it("--back refuses a corrupt .ipynb and changes nothing", async () => {
    const project = temporaryProject({ [one]: source, [executed]: '{"cells": [' });
    await expect(syncNotebooks({ root: project, back: true })).rejects.toThrow(/a notebook must be JSON/);
    expect(get(project, one)).toBe(source);
  });

  it("says so when there is nothing to sync", async () => {
    await expect(syncNotebooks({ root: temporaryProject({}) })).rejects.toThrow(
      /must hold notebooks named NN-name.nb.ts; got none/,
    );
  });

  it.skipIf(root)("says that a folder cannot be written (skipped as root, who may write anywhere)", async () => {
    const project = temporaryProject({ [one]: source, ".twin/lock.0": "" });
    chmodSync(join(project, "notebooks"), 0o500);
    await expect(syncNotebooks({ root: project })).rejects.toThrow(/EACCES; give yourself write permission/);
    chmodSync(join(project, "notebooks"), 0o700);
  });
});

describe("formatSync", () => {
  it("names what was written and counts the rest", () => {
    expect(
      formatSync({ written: ["notebooks/01-a.nb.ts"], unchanged: ["x", "y"], kept: [".twin/replaced/01-a.nb.ts"] }),
    ).toBe("wrote notebooks/01-a.nb.ts\nkept the replaced text as .twin/replaced/01-a.nb.ts\n1 written, 2 unchanged");
  });
});

async function executedProject(): Promise<string> {
  const project = temporaryProject({ [one]: source });
  await syncNotebooks({ root: project });
  let count = 0;
  rewrite(project, (cell) => ({
    ...cell,
    execution_count: ++count,
    outputs: [{ output_type: "stream", name: "stdout", text: `output of ${cell.source}` }],
  }));
  return project;
}

/** Jupyter sorts keys and writes metadata of its own, so that the file is no longer as we wrote it. */
function saveInJupyter(project: string, edit: (cell: CodeCell) => CodeCell): void {
  rewrite(project, edit);
  put(project, executed, get(project, executed)!.replace('"nbformat": 4', '"toc": {}, "nbformat": 4'));
}

function rewrite(project: string, edit: (cell: CodeCell) => CodeCell): void {
  const { cells }: Notebook = parseNotebook(get(project, executed)!, executed);
  put(project, executed, notebookJson({ cells: cells.map((cell) => (cell.cell_type === "code" ? edit(cell) : cell)) }));
}

function codeCells(project: string): CodeCell[] {
  return parseNotebook(get(project, executed)!, executed).cells.filter((cell) => cell.cell_type === "code");
}
