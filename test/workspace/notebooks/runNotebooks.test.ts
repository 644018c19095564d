import { chmodSync, existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { InputError } from "../../../src/core/InputError.js";
import { sha256 } from "../../../src/io/sha256.js";
import { notebookJson, parseNotebook, type Notebook } from "../../../src/workspace/notebooks/Notebook.js";
import { runNotebooks, type NotebookProgress, type RunOptions } from "../../../src/workspace/notebooks/runNotebooks.js";
import { recordedOutputs } from "../../../src/workspace/notebooks/runRecord.js";
import { temporaryProject } from "../../support/temporaryProject.js";
import { get, playedKernel, put } from "../playedKernel.js";

const first =
  '// %%\nwrite("figures/01-a.svg", "<svg/>");\nwrite("data/evidence/01-a.json", "1");\n\n// %%\nprint("hello");\n';
const second = '// %%\nwrite("data/evidence/02-b.json", String(Number(read("data/evidence/01-a.json")) + 1));\n';
const last = '// %%\nprint(read("data/evidence/02-b.json"));\nwrite("data/evidence/99-score.json", "3");\n';
const series = {
  "notebooks/01-one.nb.ts": first,
  "notebooks/02-two.nb.ts": second,
  "notebooks/99-last.nb.ts": last,
  "dist/index.js": "1",
  "package-lock.json": "{}",
  "data/literature/facts.csv": "a",
};

describe("runNotebooks", () => {
  it("runs in the order of numbers, each reading what earlier ones put into place", async () => {
    const { root, run } = project(series);
    const { passed, runs } = await run();
    expect(passed).toBe(true);
    expect(runs.map(({ name, state }) => `${name} ${state}`)).toEqual(["01-one done", "02-two done", "99-last done"]);
    expect(runs[0]).toMatchObject({
      written: ["data/evidence/01-a.json", "figures/01-a.svg", "notebooks/01-one.ipynb"],
      removed: [],
    });
    expect(get(root, "data/evidence/02-b.json")).toBe("2");
    expect(get(root, "notebooks/99-last.ipynb")).toContain('"2\\n"');
    expect(existsSync(join(root, ".twin", "stage"))).toBe(false);
  });

  it("skips all of it the second time, without a kernel", async () => {
    const { run, ran } = project(series);
    await run();
    const before = ran.length;
    const { passed, runs } = await run();
    expect(passed).toBe(true);
    expect(runs.map(({ state }) => state)).toEqual(["skipped", "skipped", "skipped"]);
    expect(ran).toHaveLength(before);
    expect((await run({ force: true })).runs.map(({ state }) => state)).toEqual(["done", "done", "done"]);
  });

  it.each([
    ["its source", "notebooks/02-two.nb.ts", `${second}\n// %%\n`, ["skipped", "done", "skipped"]],
    ["built code", "dist/index.js", "2", ["done", "done", "done"]],
    [
      "a source that compiles to the same code, as evidence carries the source's hash",
      "src/index.ts",
      "1;\n",
      ["done", "done", "done"],
    ],
    ["a module beside the notebooks", "notebooks/shared.ts", "export {};", ["done", "done", "done"]],
    ["the kernel's variables", "notebooks/kernels/cspbbr3-twin/kernel.json", "{}", ["done", "done", "done"]],
    [
      "a figure under its number that it does not write",
      "figures/02-stray.svg",
      "<svg/>",
      ["skipped", "done", "skipped"],
    ],
    [
      "nothing that counts: what Jupyter saves on the side",
      "notebooks/.ipynb_checkpoints/02-two.nb-checkpoint.ts",
      "1",
      ["skipped", "skipped", "skipped"],
    ],
    ["a declaration that cells are checked against", "dist/index.d.ts", "export {};", ["done", "done", "done"]],
    ["locked dependencies", "package-lock.json", "[]", ["done", "done", "done"]],
    ["literature facts", "data/literature/facts.csv", "b", ["done", "done", "done"]],
    ["a real table that appears", "data/real/recipes.csv", "b", ["done", "done", "done"]],
    ["its figure, edited by hand", "figures/01-a.svg", "<svg>edited</svg>", ["done", "skipped", "skipped"]],
    ["its executed notebook, emptied", "notebooks/02-two.ipynb", "", ["skipped", "done", "skipped"]],
    [
      "evidence of the long proofs, which the last notebook reads",
      "data/evidence/assure-code.json",
      "1",
      ["skipped", "skipped", "done"],
    ],
    [
      "evidence of the long proofs under a notebook's number",
      "data/evidence/02-proof.json",
      '{"madeBy": "assure"}',
      ["skipped", "done", "done"],
    ],
    ["a document, which the last notebook judges", "docs/datasheet.md", "# Sheet\n", ["skipped", "skipped", "done"]],
    ["nothing that counts: the API reference", "docs/api/index.html", "1", ["skipped", "skipped", "skipped"]],
    ["nothing that counts: a source map", "dist/index.js.map", "{}", ["skipped", "skipped", "skipped"]],
    ["nothing that counts: generated data", "data/generated/rows.csv", "1", ["skipped", "skipped", "skipped"]],
    ["nothing that counts: the ledger of dates", "data/evidence/ledger.jsonl", "{}", ["skipped", "skipped", "skipped"]],
  ])("runs a notebook again after a change of %s", async (_, path, text, states) => {
    const { root, run } = project(series);
    await run();
    put(root, path, text);
    expect((await run()).runs.map(({ state }) => state)).toEqual(states);
  });

  it("runs later notebooks again when evidence of an earlier one comes out otherwise", async () => {
    const { root, run } = project(series);
    await run();
    put(root, "notebooks/01-one.nb.ts", first.replace('"1"', '"10"'));
    expect((await run()).runs.map(({ state }) => state)).toEqual(["done", "done", "done"]);
    expect(get(root, "data/evidence/02-b.json")).toBe("11");
  });

  const apart = {
    ...series,
    "notebooks/02-two.nb.ts": '// %%\nwrite("data/evidence/02-b.json", "2");\n',
    "notebooks/needs.json": '{"02-two": []}',
  };

  it("runs notebooks side by side that do not need each other, and gives the same as one after the other", async () => {
    const outcomes = await Promise.all(
      [1, 2].map(async (sideBySide) => {
        const { root, run } = project(apart);
        const seen: string[] = [];
        const { runs } = await run({ sideBySide, onProgress: ({ name, state }) => seen.push(`${name} ${state}`) });
        expect(seen.indexOf("02-two starting") < seen.indexOf("01-one done")).toBe(sideBySide === 2);
        expect(seen.indexOf("99-last starting")).toBeGreaterThan(seen.indexOf("02-two done"));
        return { runs, last: get(root, "notebooks/99-last.ipynb") };
      }),
    );
    expect(outcomes[0]).toEqual(outcomes[1]);
  });

  it("skips a notebook that does not need the one that changed, also where that one fails", async () => {
    const { root, run } = project(apart);
    await run();
    put(root, "notebooks/01-one.nb.ts", first.replace('"1"', '"10"'));
    expect((await run()).runs.map(({ state }) => state)).toEqual(["done", "skipped", "done"]);
    put(root, "notebooks/01-one.nb.ts", '// %%\nthrow new Error("planted");\n');
    expect((await run()).runs.map(({ state }) => state)).toEqual(["failed", "skipped", "not run"]);
  });

  it.each([
    ['{"03-three": []}', 'got "03-three"'],
    ['{"02-two": ["99-last"]}', 'got "99-last" for "02-two"'],
  ])("refuses needs that cannot be met: %s", async (needs, message) => {
    const { run } = project({ ...series, "notebooks/needs.json": needs });
    await expect(run()).rejects.toThrow(message);
  });

  it("runs a notebook again whose figure is gone or whose record is damaged", async () => {
    const { root, run } = project(series);
    await run();
    rmSync(join(root, "figures/01-a.svg"));
    put(root, ".twin/runs/02-two.json", '{"key": ');
    expect((await run()).runs.map(({ state }) => state)).toEqual(["done", "done", "skipped"]);
  });

  it("records the hash of every file that it wrote, and none of a notebook that failed", async () => {
    const { root, run } = project({
      "notebooks/01-one.nb.ts": first,
      "notebooks/02-two.nb.ts": '// %%\nthrow new Error("planted");\n',
    });
    await run();
    const outputs = await recordedOutputs(root);
    expect(Object.keys(outputs)).toEqual(["data/evidence/01-a.json", "figures/01-a.svg", "notebooks/01-one.ipynb"]);
    expect(outputs["figures/01-a.svg"]).toBe(sha256("<svg/>"));
  });

  it("removes what a notebook no longer writes, but no other's outputs and none of the long proofs", async () => {
    const others = {
      "figures/02-old.svg": "",
      "figures/010-x.svg": "",
      "data/evidence/01-proof.json": '{"madeBy":"assure"}',
      "figures/01-note.txt": "",
    };
    const { root, run } = project({
      "notebooks/01-one.nb.ts": first,
      ...others,
      "figures/01-old.svg": "",
      "data/evidence/01-old.json": "{}",
    });
    const { runs } = await run();
    expect(runs[0]).toMatchObject({ removed: ["data/evidence/01-old.json", "figures/01-old.svg"] });
    for (const path of Object.keys(others)) expect(get(root, path)).not.toBeNull();
    expect(get(root, "figures/01-old.svg")).toBeNull();
  });

  it("after a failure saves the error, leaves figures and evidence, and does not run what builds on it", async () => {
    const { root, run, ran } = project(series);
    await run();
    put(
      root,
      "notebooks/01-one.nb.ts",
      '// %% [markdown]\n// # One\n\n// %%\nwrite("figures/01-a.svg", "half");\n\n// %%\n\n// a comment\n' +
        'throw new RangeError("planted");\n',
    );
    ran.length = 0;
    const { passed, runs } = await run();
    expect(passed).toBe(false);
    expect(runs).toEqual([
      {
        name: "01-one",
        state: "failed",
        failure: expect.objectContaining({
          cell: 2,
          firstLine: "// a comment",
          ename: "RangeError",
          evalue: "planted",
        }) as unknown,
      },
      { name: "02-two", state: "not run" },
      { name: "99-last", state: "not run" },
    ]);
    expect(ran).toHaveLength(2);
    expect(get(root, "figures/01-a.svg")).toBe("<svg/>");
    expect(get(root, "notebooks/01-one.ipynb")).toContain('"ename": "RangeError"');
    expect(existsSync(join(root, ".twin", "stage"))).toBe(false);
    expect((await run()).runs[0].state).toBe("failed");
  });

  it("refuses a figure under another notebook's number before it moves anything", async () => {
    const { root, run } = project({ "notebooks/01-one.nb.ts": `${first}\n// %%\nwrite("figures/02-b.svg", "");\n` });
    await expect(run()).rejects.toThrow(
      "notebook 01-one: figures and evidence must be named 01-..., after their notebook; " +
        "got figures/02-b.svg; rename it",
    );
    expect(get(root, "figures/01-a.svg")).toBeNull();
  });

  it("clears what a killed run left in its staging folder", async () => {
    const { root, run } = project({ ...series, ".twin/stage/01-one/figures/01-ghost.svg": "" });
    await run();
    expect(get(root, "figures/01-ghost.svg")).toBeNull();
  });

  it("does not publish a file that was never finished", async () => {
    const { root, run } = project({ "notebooks/01-one.nb.ts": '// %%\nwrite("figures/01-a.svg.7-1.tmp", "half");\n' });
    await run();
    expect(existsSync(join(root, "figures"))).toBe(false);
  });

  it("reports cells and outcomes as they come", async () => {
    const { run } = project({ "notebooks/01-one.nb.ts": first });
    const seen: NotebookProgress[] = [];
    await run({ onProgress: (progress) => seen.push(progress) });
    await run({ onProgress: (progress) => seen.push(progress) });
    expect(seen.map(({ state }) => state)).toEqual(["starting", "running", "running", "done", "skipped"]);
    expect(seen[2]).toEqual({ name: "01-one", state: "running", cell: 2, of: 2 });
  });

  it("gives the cells their folder, a staging folder in the project, and the time limit", async () => {
    const { root, run } = project({ "notebooks/01-one.nb.ts": first });
    const given: unknown[] = [];
    await run({
      cellTimeoutSeconds: 7,
      execute: (notebook, options) => (given.push(options), Promise.resolve({ notebook, failure: null })),
    });
    expect(given).toEqual([
      expect.objectContaining({
        directory: join(root, "notebooks"),
        environment: { TWIN_OUTPUT: join(root, ".twin", "stage", "01-one") },
        cellTimeoutSeconds: 7,
      }),
    ]);
  });
});

describe("runNotebooks of one file", () => {
  const own = notebookJson({
    cells: [
      {
        cell_type: "code",
        id: "mine",
        source: 'print("own"); write("figures/any.svg", "<svg/>");',
        execution_count: null,
        outputs: [],
      },
    ],
  });

  it("runs a numbered notebook alone and knows when it is unchanged", async () => {
    const { root, run } = project(series);
    const file = join(root, "notebooks/01-one.ipynb");
    expect((await run({ file })).runs).toMatchObject([{ name: "01-one", state: "done" }]);
    expect((await run({ file: file.replace(".ipynb", ".nb.ts") })).runs).toMatchObject([
      { name: "01-one", state: "skipped" },
    ]);
    expect(get(root, "notebooks/02-two.ipynb")).toBeNull();
  });

  it("runs an .ipynb without .nb.ts in place, anywhere, and always", async () => {
    const { run } = project(series);
    const elsewhere = temporaryProject({ "mine.ipynb": own });
    for (let time = 0; time < 2; time++)
      expect((await run({ file: join(elsewhere, "mine.ipynb") })).runs).toMatchObject([
        { name: "mine", state: "done", written: ["figures/any.svg", "mine.ipynb"] },
      ]);
    const [cell] = (parseNotebook(get(elsewhere, "mine.ipynb")!, "mine.ipynb") satisfies Notebook).cells;
    expect(cell).toMatchObject({ execution_count: 1, outputs: [{ text: "own\n" }] });
    expect(get(elsewhere, "figures/any.svg")).toBe("<svg/>");
    expect(existsSync(join(elsewhere, ".twin"))).toBe(false);
  });

  it("runs a numbered .ipynb without .nb.ts beside the series, whose figures stay (it was a raw stack)", async () => {
    const { root, run } = project({
      ...series,
      "notebooks/needs.json": '{ "02-two": ["01-one"] }',
      "notebooks/01-own.ipynb": own,
    });
    await run();
    const { passed, runs } = await run({ file: join(root, "notebooks", "01-own.ipynb") });
    expect([passed, runs.map(({ name, state }) => `${name} ${state}`)]).toEqual([true, ["01-own done"]]);
    expect(get(root, "notebooks/01-own.ipynb")).toContain("own\\n");
    expect(get(root, "figures/01-a.svg")).toBe("<svg/>");
  });

  it("gives parameters to a notebook of its own, in its file, and to no other", async () => {
    const { root, run } = project(series);
    const text = JSON.stringify({
      cells: [
        { cell_type: "code", metadata: { tags: ["parameters"] }, source: "let seed = 1;" },
        { cell_type: "code", metadata: {}, source: 'print("ran");' },
      ],
      metadata: {},
      nbformat: 4,
    });
    const elsewhere = temporaryProject({ "mine.ipynb": text });
    const file = join(elsewhere, "mine.ipynb");
    expect((await run({ file, parameters: { seed: 2 } })).passed).toBe(true);
    expect(parseNotebook(get(elsewhere, "mine.ipynb")!, "mine.ipynb")).toMatchObject({
      cells: [{ execution_count: 1 }, { source: "// Parameters\nlet seed = 2;\n", execution_count: 2 }, {}],
      metadata: { papermill: { parameters: { seed: 2 } } },
    });
    const before = get(elsewhere, "mine.ipynb");
    await expect(run({ file, parameters: { sed: 2 } })).rejects.toThrow(/a parameter must be one of seed; got "sed"/);
    expect(get(elsewhere, "mine.ipynb")).toBe(before);
    await expect(run({ parameters: { seed: 2 } })).rejects.toThrow(/must be for one .ipynb without .nb.ts; got all/);
    await expect(run({ file: join(root, "notebooks/01-one.nb.ts"), parameters: { seed: 2 } })).rejects.toThrow(
      /got .*01-one.nb.ts beside it; name a notebook, or copy the .ipynb/,
    );
  });

  it.each([
    ["is missing", "mine.ipynb", {}, /mine.ipynb: the notebook must exist; got no such file; check the path/],
    ["is no notebook", "mine.csv", { "mine.csv": "a" }, /must be a notebook, .ipynb or .nb.ts/],
    ["is cut in half", "mine.ipynb", { "mine.ipynb": own.slice(0, 100) }, /a notebook must be JSON/],
    ["holds other JSON", "mine.ipynb", { "mine.ipynb": "[1]" }, /must be an nbformat 4 notebook/],
    [
      "has a broken .nb.ts",
      "mine.ipynb",
      { "mine.nb.ts": "//%% Title\n", "mine.ipynb": own },
      /mine.nb.ts, line 1: a cell marker must begin/,
    ],
  ])("refuses one that %s and changes nothing", async (_, name, files, message) => {
    const { run } = project(series);
    const elsewhere = temporaryProject(files);
    const outcome = run({ file: join(elsewhere, name) });
    await expect(outcome).rejects.toThrow(message);
    await expect(outcome).rejects.toBeInstanceOf(InputError);
    for (const [path, text] of Object.entries(files)) expect(get(elsewhere, path)).toBe(text);
  });

  it("refuses to lose a cell edited in Jupyter, before any notebook runs", async () => {
    const { root, run, ran } = project(series);
    put(root, "notebooks/99-last.ipynb", own);
    await expect(run()).rejects.toThrow(/99-last.ipynb: every cell edited in Jupyter must be in .*99-last.nb.ts/);
    expect(ran).toEqual([]);
  });
});

describe("runNotebooks in trouble", () => {
  it("refuses to run twice at once, naming the process", async () => {
    const { run } = project(series);
    const refused: unknown[] = [];
    const execute: RunOptions["execute"] = async (notebook) => {
      await run().catch((error: unknown) => refused.push(error));
      return { notebook, failure: null };
    };
    expect((await run({ execute })).passed).toBe(true);
    expect(refused).toHaveLength(3);
    expect(String(refused[0])).toContain(`got process ${process.pid}, still running`);
  });

  it("lets in one of two that begin at the same moment", async () => {
    const { run } = project(series);
    const outcomes = await Promise.allSettled([run(), run()]);
    const refusals = outcomes.filter((outcome) => outcome.status === "rejected").map(({ reason }) => String(reason));
    expect(refusals.length).toBeLessThan(2);
    for (const refusal of refusals) expect(refusal).toContain("only one process at a time");
  });

  it("refuses two notebooks with one number, which would remove each other's figures", async () => {
    const { run } = project({ ...series, "notebooks/01-another.nb.ts": first });
    await expect(run()).rejects.toThrow(
      "each notebook must have its own number; got 01-another.nb.ts and 01-one.nb.ts; rename one",
    );
  });

  it("says so when there is none", async () => {
    await expect(project({}).run()).rejects.toThrow("must hold notebooks named NN-name.nb.ts");
  });

  it("leaves nothing half-written when a file stands where a folder is needed", async () => {
    const { root, run } = project({ ...series, figures: "a file" });
    await expect(run()).rejects.toThrow(/a file stands where a folder is needed/);
    expect(get(root, "figures")).toBe("a file");
    expect(get(root, "notebooks/01-one.ipynb")).toBeNull();
    rmSync(join(root, "figures"));
    expect((await run()).passed).toBe(true);
  });

  it.skipIf(process.getuid?.() === 0)(
    "says that a table cannot be read (skipped as root, who may read anything)",
    async () => {
      const { root, run } = project({ ...series, "data/real/recipes.csv": "a" });
      chmodSync(join(root, "data/real/recipes.csv"), 0);
      await expect(run()).rejects.toThrow(
        /recipes.csv: the file must be readable, as notebooks depend on it; got EACCES/,
      );
    },
  );
});

function project(files: Readonly<Record<string, string>>): {
  root: string;
  run: (options?: RunOptions) => ReturnType<typeof runNotebooks>;
  ran: string[];
} {
  const root = temporaryProject(files);
  const { execute, ran } = playedKernel(root);
  return { root, run: (options = {}) => runNotebooks({ root, execute, ...options }), ran };
}
