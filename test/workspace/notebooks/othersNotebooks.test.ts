import { execFileSync } from "node:child_process";
import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { InputError } from "../../../src/core/InputError.js";
import { executeNotebook } from "../../../src/workspace/notebooks/executeNotebook.js";
import { parseNotebook } from "../../../src/workspace/notebooks/Notebook.js";
import { readExecuted } from "../../../src/workspace/notebooks/readNotebook.js";
import { notebookAt } from "../../../src/workspace/notebooks/notebookFiles.js";
import { runNotebooks, type RunOptions } from "../../../src/workspace/notebooks/runNotebooks.js";
import { syncNotebooks } from "../../../src/workspace/notebooks/syncNotebooks.js";
import { mountSmall } from "../../support/mountSmall.js";
import { temporaryProject } from "../../support/temporaryProject.js";
import { notebookFolder } from "../kernelNotebook.js";
import { get, playedKernel, put } from "../playedKernel.js";

/** A notebook that another program wrote, as it stands in test/notebooks. */
const others = (name: string): string => readFileSync(join(notebookFolder, name), "utf8");
const executed = "notebooks/05-x.ipynb";
const source = "notebooks/05-x.nb.ts";
const metadata = others("metadata.ipynb");

/** What a JSON text holds, ids of cells left out: in the project they follow the content. */
const withoutIds = (json: string): unknown =>
  JSON.parse(json.replace(/\n? *"id": "[^"]*",?/g, "").replace(/,(?=\s*\})/g, ""));

const run = (root: string, options: RunOptions = {}): ReturnType<typeof runNotebooks> =>
  runNotebooks({ root, execute: playedKernel(root).execute, ...options });

describe("a notebook of other programs", () => {
  // Was: a run dropped attachments, tags, title and widget state, and made a raw cell Markdown.
  it("keeps every byte but its outputs and counts through a run, and all of them through the next", async () => {
    const root = temporaryProject({ "x.ipynb": metadata });
    const file = join(root, "x.ipynb");
    await run(root, { file });
    const once = get(root, "x.ipynb")!;
    expect(once).toBe(metadata.replace('"execution_count": null', '"execution_count": 1'));
    await run(root, { file });
    expect(get(root, "x.ipynb")).toBe(once);
  });

  // Was: sync --back lost the same, and wrote the raw cell as Markdown.
  it("becomes a .nb.ts with its tags and raw cells, and keeps the rest in the .ipynb", async () => {
    const root = temporaryProject({ [executed]: metadata });
    await syncNotebooks({ root, back: true });
    expect(get(root, source)).toBe(
      [
        '// %% [markdown] slideshow={"slide_type": "slide"}',
        "// # A",
        "// ![p](attachment:p.png)",
        "",
        '// %% [raw] raw_mimetype="text/latex"',
        "// \\LaTeX",
        "",
        '// %% tags=["hide-input"] jupyter={"source_hidden": true}',
        "1 + 1",
        "",
      ].join("\n"),
    );
    const synced = get(root, executed)!;
    expect(withoutIds(synced)).toEqual(withoutIds(metadata));
    expect(await syncNotebooks({ root })).toMatchObject({ written: [] });
    expect(await syncNotebooks({ root, back: true })).toMatchObject({ written: [] });

    // Edited in the source, the picture stays with its text.
    put(root, source, get(root, source)!.replace("# A", "# B").replace('"hide-input"', '"b", "hide-input"'));
    await syncNotebooks({ root });
    expect(withoutIds(get(root, executed)!)).toEqual(
      withoutIds(metadata.replace("# A", "# B").replace('"hide-input"', '"b",\n     "hide-input"')),
    );
  });

  it("whose tags were changed in Jupyter is not overwritten, and gives them to the .nb.ts with --back", async () => {
    const root = temporaryProject({ [executed]: metadata });
    await syncNotebooks({ root, back: true });
    put(root, executed, get(root, executed)!.replace("hide-input", "skip-execution"));
    await expect(syncNotebooks({ root })).rejects.toThrow(/cell 3 that is not there; keep the edits with/);
    await syncNotebooks({ root, back: true });
    expect(get(root, source)).toContain('// %% tags=["skip-execution"]');
    // What an editor notes for itself is no edit.
    const noted = get(root, executed)!.replace('"tags": [', '"collapsed": true, "tags": [');
    put(root, executed, noted);
    expect(await syncNotebooks({ root })).toMatchObject({ written: [] });
    expect(get(root, executed)).toBe(noted);
  });

  it("that we wrote last gives way to a newer .nb.ts, also with --back", async () => {
    const root = temporaryProject({ [executed]: metadata });
    await syncNotebooks({ root, back: true });
    const newer = `${get(root, source)!}\n// %%\n2;\n`;
    put(root, source, newer);
    expect(await syncNotebooks({ root, back: true })).toMatchObject({ kept: [] });
    expect(get(root, source)).toBe(newer);
    expect(parseNotebook(get(root, executed)!, "x").cells).toHaveLength(4);
  });

  it("without ids (nbformat 4.4) stays so, and an edit in it is not lost", async () => {
    const old = metadata
      .replaceAll(/,\n {3}"id": "cell-\d"/g, "")
      .replace('"nbformat_minor": 5', '"nbformat_minor": 4');
    expect(old).not.toContain('"id"');
    const root = temporaryProject({ [executed]: old });
    await syncNotebooks({ root, back: true });
    expect(get(root, executed)).toBe(old);
    put(root, source, `${get(root, source)!}\n// %%\n2;\n`);
    await syncNotebooks({ root });
    const longer = get(root, executed)!;
    expect(longer).not.toContain('"id"');
    put(root, executed, longer.replace("1 + 1", "1 + 3"));
    await expect(syncNotebooks({ root })).rejects.toThrow(/cell 3 that is not there/);
  });

  // Was: refused for ever as edited in Jupyter, for carriage returns that a .nb.ts does not hold.
  it("with carriage returns goes both ways and keeps them", async () => {
    const text = others("carriage-returns.ipynb");
    const root = temporaryProject({ [executed]: text });
    await syncNotebooks({ root, back: true });
    expect(withoutIds(get(root, executed)!)).toEqual(withoutIds(text));
    expect(get(root, executed)).toContain('"const a = 1;\\r\\nconsole.log(a);\\r\\n"');
    expect(await syncNotebooks({ root })).toMatchObject({ written: [] });
    expect(await syncNotebooks({ root, back: true })).toMatchObject({ written: [] });
  });

  // Was: a Python notebook was run as TypeScript and its outputs overwritten.
  it.each([
    ["Python's", "foreign-kernel.ipynb", /must be a notebook in TypeScript; got kernel "python3", language "python"/],
    ["nbformat 3", "nbformat-3.ipynb", /must be an nbformat 4 notebook; got nbformat 3; convert it with `jupyter nb/],
  ])("is refused by run and sync where it is %s, also beside a .nb.ts, and stays as it is", async (_, name, words) => {
    const text = others(name);
    const root = temporaryProject({ "x.ipynb": text, [executed]: text });
    await expect(run(root, { file: join(root, "x.ipynb") })).rejects.toThrow(words);
    await expect(syncNotebooks({ root, back: true })).rejects.toThrow(words);
    put(root, source, "// %%\n1;\n");
    await expect(syncNotebooks({ root })).rejects.toThrow(words);
    await expect(run(root)).rejects.toThrow(words);
    await expect(run(root)).rejects.toBeInstanceOf(InputError);
    for (const path of ["x.ipynb", executed]) expect(get(root, path)).toBe(text);
  });

  it.each([
    [{}, true],
    [{ kernelspec: { name: "tslab", display_name: "TypeScript" } }, true],
    [{ kernelspec: { name: "deno", language: "typescript" } }, true],
    [{ language_info: { name: "TypeScript" } }, true],
    [{ kernelspec: null }, true],
    [{ kernelspec: { name: "jslab", language: "javascript" } }, false],
    [{ kernelspec: { name: "python3" } }, false],
    [{ language_info: { name: "julia" } }, false],
  ])("with the metadata %j counts as ours: %s", async (named, isOurs) => {
    const root = temporaryProject({ "x.ipynb": JSON.stringify({ cells: [], metadata: named, nbformat: 4 }) });
    const read = readExecuted(notebookAt(join(root, "x.ipynb"), root));
    if (isOurs) expect((await read).cells).toEqual([]);
    else await expect(read).rejects.toThrow(/must be a notebook in TypeScript/);
  });

  it("as .nb.ts may hold a regular expression with a backtick (was taken for an open template string)", async () => {
    const root = temporaryProject({ [source]: others("regular-expression.nb.ts") });
    await syncNotebooks({ root });
    expect(parseNotebook(get(root, executed)!, "x").cells).toHaveLength(2);
  });
});

describe("tags of cells", { timeout: 60_000 }, () => {
  const execute = (text: string): ReturnType<typeof executeNotebook> =>
    executeNotebook(parseNotebook(text, "x.ipynb"), { directory: notebookFolder });
  // Was: the first cell ended the run.
  it("raises-exception and skip-execution mean what they mean to nbclient", async () => {
    const { notebook, failure } = await execute(others("tags.ipynb"));
    expect(failure).toBeNull();
    expect(notebook.cells).toMatchObject([
      { execution_count: 1, outputs: [{ output_type: "error", ename: "Error", evalue: "expected" }] },
      { execution_count: null, outputs: [] },
      { execution_count: 2, outputs: [{ output_type: "stream", text: "reached\n" }] },
    ]);
  });

  it("keep the outputs of a skipped cell, as of a blank one, and go on where no error is thrown", async () => {
    const text = JSON.parse(others("tags.ipynb")) as { cells: Record<string, unknown>[] };
    const outputs = [{ output_type: "stream", name: "stdout", text: "kept" }];
    Object.assign(text.cells[0], { source: "1;" });
    Object.assign(text.cells[1], { execution_count: 7, outputs });
    Object.assign(text.cells[2], { source: " \n", execution_count: 8, outputs });
    const { notebook, failure } = await execute(JSON.stringify(text));
    expect(failure).toBeNull();
    expect(notebook.cells).toMatchObject([
      { execution_count: 1 },
      { execution_count: 7, outputs },
      { execution_count: 8, outputs },
    ]);
  });

  it("are honoured in any folder, where cells know Node as in the project (console was unknown)", async () => {
    const text = others("tags.ipynb");
    const root = temporaryProject({ "x.ipynb": text });
    const { passed } = await runNotebooks({ root, file: join(root, "x.ipynb") });
    expect(passed).toBe(true);
    expect(get(root, "x.ipynb")).toContain("reached\\n");
  });

  it("excuse no process.exit", async () => {
    const exit = others("tags.ipynb").replace("throw new Error('expected')", "process.exit(3)");
    expect((await execute(exit)).failure).toMatchObject({ cell: 0, ename: "ProcessExit" });
  });
});

describe("an .ipynb that cannot be written as others can", () => {
  const own = metadata.replace("1 + 1", 'print(\\"own\\")');

  // Was: the link was replaced by a file, and the file that it named stayed as it was.
  it("is written through a link, which stays", async () => {
    const root = temporaryProject({ "elsewhere/target.ipynb": own });
    const link = join(root, "x.ipynb");
    symlinkSync(join("elsewhere", "target.ipynb"), link);
    await run(root, { file: link });
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(get(root, "elsewhere/target.ipynb")).toContain("own\\n");
    expect(readdirSync(join(root, "elsewhere"))).toEqual(["target.ipynb"]);
  });

  it("is refused before its cells run where it is read-only", async () => {
    const root = temporaryProject({ "x.ipynb": own });
    chmodSync(join(root, "x.ipynb"), 0o444);
    const { execute, ran } = playedKernel(root);
    await expect(runNotebooks({ root, file: join(root, "x.ipynb"), execute })).rejects.toThrow(
      /x.ipynb: the file must be writable; got EACCES; give yourself write permission/,
    );
    expect(ran).toEqual([]);
    expect(get(root, "x.ipynb")).toBe(own);
  });

  it("is not overwritten where somebody saved it while its cells ran", async () => {
    const root = temporaryProject({ "x.ipynb": own });
    const { execute } = playedKernel(root);
    const saving: RunOptions["execute"] = async (...given) => {
      put(root, "x.ipynb", own.replace("own", "saved"));
      return execute(...given);
    };
    await expect(run(root, { file: join(root, "x.ipynb"), execute: saving })).rejects.toThrow(
      /nobody may save the notebook while its cells run; got another text than before; run it again/,
    );
    expect(get(root, "x.ipynb")).toBe(own.replace("own", "saved"));
  });

  it("is refused in words where a folder stands in its place", async () => {
    const root = temporaryProject({ [source]: "// %%\n1;\n" });
    mkdirSync(join(root, executed));
    await expect(run(root)).rejects.toThrow(/05-x.ipynb: the file must be readable; got EISDIR/);
    await expect(syncNotebooks({ root })).rejects.toThrow(/05-x.ipynb: the file must be readable; got EISDIR/);
  });

  const disk = join(temporaryProject(), "small");
  const small = mountSmall(disk);
  if (!small) console.warn("othersNotebooks: the full-disk test is skipped: this user may not mount a tmpfs");
  it.skipIf(!small)("stays whole when the disk is full (skipped where no tmpfs may be mounted)", async () => {
    try {
      const big = own.replace('print(\\"own\\")', "print('x'.repeat(200_000))");
      writeFileSync(join(disk, "x.ipynb"), big);
      await expect(run(disk, { file: join(disk, "x.ipynb") })).rejects.toThrow(
        /x.ipynb: the file must be writable; got ENOSPC; free disk space and run again; nothing was changed/,
      );
      expect(readFileSync(join(disk, "x.ipynb"), "utf8")).toBe(big);
      expect(readdirSync(disk)).toEqual(["x.ipynb"]);
    } finally {
      execFileSync("umount", [disk]);
    }
  });
});
