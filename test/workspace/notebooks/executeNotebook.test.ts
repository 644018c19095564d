import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { projectPath } from "../../../src/io/projectPath.js";
import { executeNotebook } from "../../../src/workspace/notebooks/executeNotebook.js";
import type { CellProgress, Execution } from "../../../src/workspace/notebooks/executeNotebook.js";
import { notebookJson } from "../../../src/workspace/notebooks/Notebook.js";
import type { Output } from "../../../src/workspace/notebooks/Notebook.js";
import { notebookFolder, notebookOfCode, regressionNotebook } from "../kernelNotebook.js";

const packageBuilt = existsSync(projectPath("dist", "index.js"));
if (!packageBuilt)
  console.warn(
    "executeNotebook: tests that import the package are skipped: dist/index.js is missing, run `npm run build`",
  );
const machineFolder = projectPath().replace(/[\\/]$/, "");

function run(
  name: string,
  options: { readonly cellTimeoutSeconds?: number; readonly settleSeconds?: number } = {},
): Promise<Execution> {
  return executeNotebook(regressionNotebook(name), { directory: notebookFolder, ...options });
}

/** Outputs of the code cells, by cell. */
function outputsOf({ notebook }: Execution): (readonly Output[])[] {
  return notebook.cells.flatMap((cell) => (cell.cell_type === "code" ? [cell.outputs] : []));
}

/** What the code cells printed, by cell. */
function printedBy(execution: Execution): string[] {
  return outputsOf(execution).map((outputs) =>
    outputs.map((output) => (output.output_type === "stream" ? output.text : output.output_type)).join(""),
  );
}

describe("executeNotebook", { timeout: 60_000 }, () => {
  it("brings all of 20,000 lines printed in one turn, merged into one stream, and goes on", async () => {
    const execution = await run("many-lines");
    const [[lines, ...others], after] = outputsOf(execution);
    expect(execution.failure).toBeNull();
    expect(others).toEqual([]);
    expect(lines).toEqual({
      output_type: "stream",
      name: "stdout",
      text: Array.from({ length: 20_000 }, (_, line) => `line ${line + 1}\n`).join(""),
    });
    expect(after).toEqual([{ output_type: "stream", name: "stdout", text: "after\n" }]);
  });

  it("tells a thrown error by name, message, cause and the lines as written, and runs no cell after it", async () => {
    const execution = await run("thrown-error");
    expect(execution.failure).toMatchObject({ cell: 2, ename: "RangeError", evalue: "cannot empty 5 mL" });
    expect(execution.failure?.traceback.slice(0, 3)).toEqual([
      "RangeError: cannot empty 5 mL",
      "    at empty (cell 1:6:9)",
      "    at cell 2:3:1",
    ]);
    expect(execution.failure?.traceback).toContain("caused by Error: the valve is shut");
    const [, failed, behind] = outputsOf(execution);
    expect(failed).toMatchObject([{ output_type: "error", ename: "RangeError", evalue: "cannot empty 5 mL" }]);
    expect(behind).toEqual([]);
    expect(execution.notebook.cells.map((cell) => (cell.cell_type === "code" ? cell.execution_count : "text"))).toEqual(
      ["text", 1, 2, null],
    );
  });

  it("checks cells strictly and tells a type error by cell, line and column", async () => {
    const { failure } = await run("type-error");
    expect(failure).toMatchObject({
      cell: 2,
      ename: "TypeScriptError",
      evalue: "cell 2:2:25 - 'found' is possibly 'undefined'.",
    });
  });

  it("fails the cell whose rejection nobody handles", async () => {
    const execution = await run("unhandled-rejection");
    expect(execution.failure).toMatchObject({ cell: 1, ename: "RangeError", evalue: "nobody awaits this" });
    expect(outputsOf(execution)[1]).toEqual([]);
  });

  it("ends a waiting cell when a timer of an earlier one throws", async () => {
    const { failure } = await run("late-throw", { cellTimeoutSeconds: 20 });
    expect(failure).toMatchObject({ cell: 2, ename: "Error", evalue: "thrown late" });
    expect(failure?.traceback.join("\n")).toContain("cell 1:5:9");
  });

  it("fails the last cell for what is thrown after it has ended", async () => {
    const execution = await run("throw-after-the-end");
    expect(execution.failure).toMatchObject({ cell: 1, evalue: "thrown after the end" });
    expect(outputsOf(execution)[0].at(-1)).toMatchObject({ output_type: "error", evalue: "thrown after the end" });
  });

  it("shows a late error whose start Node does not tell, of a microtask, in the cell that ran last", async () => {
    const code = "setTimeout(() => queueMicrotask(() => { throw new Error('micro'); }), 50);\nconst set = true;";
    const execution = await executeNotebook(notebookOfCode(code), { directory: notebookFolder });
    expect(execution.failure).toMatchObject({ cell: 0, evalue: "micro" });
    expect(outputsOf(execution)[0]).toMatchObject([{ output_type: "error", evalue: "micro" }]);
  });

  it("fails the run at process.exit, even if the cell swallows it", async () => {
    const execution = await run("process-exit");
    expect(execution.failure).toMatchObject({ cell: 1, ename: "ProcessExit" });
    expect(outputsOf(execution)[1]).toEqual([]);
  });

  it("stops an endless loop at the time limit, keeps what was printed, and says so", async () => {
    const execution = await run("endless-loop", { cellTimeoutSeconds: 1 });
    expect(execution.failure).toMatchObject({ cell: 1, ename: "CellTimeout" });
    expect(execution.failure?.evalue).toContain("1 s");
    expect(outputsOf(execution)[0].map((output) => output.output_type)).toEqual(["stream", "error"]);
  });

  it("tells a kernel that dies, with what ended it, and keeps the outputs so far", async () => {
    const execution = await run("killed-kernel");
    expect(execution.failure).toMatchObject({
      cell: 2,
      ename: "KernelDied",
      evalue: "the kernel ended by signal SIGKILL",
    });
    expect(outputsOf(execution)[0]).toEqual([{ output_type: "stream", name: "stdout", text: "alive\n" }]);
  });

  it("tells the last words of a kernel whose memory is full, though its stderr is output of cells", async () => {
    const filling = "const rows: number[][] = [];\nfor (;;) rows.push(new Array<number>(100_000).fill(0.5));";
    const { failure } = await executeNotebook(notebookOfCode(filling), {
      directory: notebookFolder,
      environment: { NODE_OPTIONS: "--max-old-space-size=300" },
    });
    expect(failure).toMatchObject({ cell: 0, ename: "KernelDied" });
    expect(failure?.evalue).toContain("JavaScript heap out of memory");
  });

  it.skipIf(!packageBuilt)(
    "resolves the package by its own name (needs dist/index.js) and names its errors without folders of this machine",
    async () => {
      const execution = await run("package-import");
      expect(execution.failure).toMatchObject({ cell: 3, ename: "RangeError" });
      expect(execution.failure?.traceback[1]).toMatch(
        /^ {4}at progressBar \(src\/workspace\/cells\/progressBar\.ts:\d+:\d+\)$/,
      );
      expect(execution.failure?.traceback[2]).toBe("    at cell 3:1:1");
      expect(outputsOf(execution)[1]).toEqual([
        { output_type: "stream", name: "stdout", text: "a.csv: must be a table; got a poem; send a table 3\n" },
      ]);
      expect(notebookJson(execution.notebook)).not.toContain(machineFolder);
    },
  );

  it.skipIf(!packageBuilt)(
    "keeps several MIME types in one display and one display through its updates (needs dist/index.js)",
    async () => {
      const execution = await run("several-types");
      expect(execution.failure).toBeNull();
      const [[figure, ...none], [progress, done]] = outputsOf(execution);
      expect(none).toEqual([]);
      expect(Object.keys(figure.output_type === "display_data" ? figure.data : {})).toEqual([
        "application/vnd.plotly.v1+json",
        "image/svg+xml",
        "text/plain",
      ]);
      expect(progress).toMatchObject({
        output_type: "display_data",
        data: { "text/plain": "steps [##############################] 200 of 200" },
      });
      expect(done).toMatchObject({ text: "done\n" });
    },
  );

  it("takes the shorthand of an earlier cell's variable for it, unless a nearer one has its name", async () => {
    const execution = await run("shorthand-property");
    expect(execution.failure).toBeNull();
    expect(printedBy(execution)).toEqual([
      "",
      '{"seed":1,"$rate":0.5,"base$":10}\n',
      "2\n3\n",
      '[{"seed":"parameter"},{"seed":1,"base$":"local"},{"seed":3}]\n',
    ]);
  });

  it("puts late output into the cell that started it (it stood in the cell that ran, or was lost)", async () => {
    // More time than by default: other tests use the cores.
    const execution = await run("late-output", { settleSeconds: 20 });
    expect(execution.failure).toBeNull();
    expect(printedBy(execution)).toEqual([
      "file of cell 1\ntimer of cell 1\n",
      "program of cell 2\n",
      "turn 1 of cell 3\nturn 2 of cell 3\nturn 3 of cell 3\n",
      "cell 4\n",
    ]);
  });

  it("lets a later cell end what an earlier one began, and waits at the end for all (it ran to its end)", async () => {
    const execution = await run("stop-flag", { settleSeconds: 20 });
    expect(execution.failure).toBeNull();
    expect(printedBy(execution)).toEqual(["ended\n", "execute_result", "true\n", "the last of five\n"]);
  });

  it("gives equal bytes in three runs with late output under load", { timeout: 240_000 }, async () => {
    const busy = [1, 2].map(() => spawn(process.execPath, ["--eval", "for (;;);"], { stdio: "ignore" }));
    try {
      const written = new Set<string>();
      for (let time = 0; time < 3; time++)
        written.add(notebookJson((await run("late-output", { settleSeconds: 20 })).notebook));
      expect(written.size).toBe(1);
    } finally {
      for (const one of busy) one.kill("SIGKILL");
    }
  });

  it("leaves out what comes after an endless cell, in fixed words, so that equal runs give equal bytes", async () => {
    const runs = [
      await run("endless-output", { settleSeconds: 0.3 }),
      await run("endless-output", { settleSeconds: 0.3 }),
    ];
    const note =
      "(Something that this cell started was still running 0.3 s after the cell had ended. " +
      "What it printed after the cell is left out; await it, or allow more time with --settle.)\n";
    expect(outputsOf(runs[0])).toEqual([
      [
        { output_type: "stream", name: "stdout", text: "begun\n" },
        { output_type: "stream", name: "stderr", text: note },
      ],
      [{ output_type: "stream", name: "stdout", text: "cell 2\n" }],
    ]);
    expect(notebookJson(runs[1].notebook)).toBe(notebookJson(runs[0].notebook));
  });

  it.skipIf(!packageBuilt)(
    "writes U+FFFD for half a character in streams, displays, results and errors (Python could not encode it)",
    async () => {
      const execution = await run("half-character");
      expect(outputsOf(execution)).toMatchObject([
        [{ text: "\ufffd \\ud83d 😀\n" }, { data: { "text/html": "<b>\ufffd</b>", "text/plain": "\ufffd" } }],
        [{ output_type: "execute_result", data: { "text/plain": "\ufffd" } }],
        [{ output_type: "error", evalue: "\ufffd" }],
      ]);
    },
  );

  it.skipIf(!packageBuilt)(
    "makes base64 of bytes in a display and refuses what a notebook cannot hold (it held an object)",
    async () => {
      const execution = await run("bytes-in-display");
      expect(outputsOf(execution)[0]).toMatchObject([
        { data: { "image/png": "iVBORw0KGgo=", "text/plain": "[image/png]" } },
        { data: { "application/pdf": "JVA=", "text/plain": "12" } },
      ]);
      expect(execution.failure).toMatchObject({
        cell: 2,
        ename: "TypeError",
        evalue:
          "display: image/png must be bytes, or their base64 as a text; " +
          "got a number; give a Buffer, or use a JSON type",
      });
    },
  );

  it("keeps the value of a last expression as the cell's result, with its count (it was printed)", async () => {
    const execution = await run("results");
    expect(execution.failure).toBeNull();
    const [number, table, own, none, timer, map] = outputsOf(execution);
    expect(number).toEqual([
      { output_type: "execute_result", data: { "text/plain": "42" }, execution_count: 1, metadata: {} },
    ]);
    expect(table).toMatchObject([
      {
        data: {
          "text/html": expect.stringContaining("&lt;DMSO&gt;") as string,
          "text/plain": "[ { solvent: 'DMF', yield: 0.51 }, { solvent: '<DMSO>', yield: 0.4 } ]",
        },
      },
    ]);
    expect(own).toMatchObject([{ data: { "text/markdown": "**own**", "text/plain": "own" } }]);
    expect(none).toEqual([]);
    expect(timer).toMatchObject([{ data: { "text/plain": "[Timeout]" } }]);
    expect(map).toMatchObject([{ data: { "text/plain": "Map(1) { 'deep' => { list: [ 0, 1, 2 ] } }" } }]);
  });

  it.skipIf(process.platform === "win32")(
    "shows in order what programs and descriptors 1 and 2 say (it was lost; skipped on Windows: no named pipes)",
    async () => {
      const execution = await run("descriptors");
      const [mixed, long, late, ended] = outputsOf(execution);
      expect(mixed).toEqual([
        {
          output_type: "stream",
          name: "stdout",
          text: "before\na program\nfrom a program\nfrom descriptor 1\nafter\n",
        },
        { output_type: "stream", name: "stderr", text: "from descriptor 2\nto stderr\n" },
      ]);
      expect(long).toEqual([{ output_type: "stream", name: "stdout", text: "x".repeat(300_000) }]);
      expect(late).toMatchObject([{ text: "late\n" }]);
      expect(ended).toMatchObject([{ text: "ended\nstill heard\n" }]);
    },
  );

  it.skipIf(!packageBuilt)("saves overwritten lines as they stand in the end, and what was not cleared", async () => {
    const execution = await run("overwritten-lines");
    expect(printedBy(execution)).toEqual(["100 %\ndone\n", "third\n", "kept\n"]);
  });

  it("fails at once and by name where a cell reads input that nobody gives (it waited to its limit)", async () => {
    const { failure } = await run("stdin", { cellTimeoutSeconds: 20 });
    expect(failure).toMatchObject({ cell: 1, ename: "StdinNotAllowed" });
  });

  it("reports each code cell as it begins and ends, and skips empty ones", async () => {
    const seen: CellProgress[] = [];
    const { notebook } = await executeNotebook(notebookOfCode("1 + 1", "  ", "throw new Error('stop')", "3"), {
      directory: notebookFolder,
      onCell: (progress) => seen.push(progress),
    });
    expect(seen.map(({ cell, of, state }) => `${cell}/${of} ${state}`)).toEqual([
      "1/3 running",
      "1/3 done",
      "2/3 running",
      "2/3 failed",
    ]);
    expect(notebook.cells.map((cell) => cell.cell_type === "code" && cell.execution_count)).toEqual([1, null, 2, null]);
  });

  it("gives equal bytes for equal runs and passes the environment on", async () => {
    const notebook = notebookOfCode(
      "console.log(process.env.TWIN_TEST, process.env.TZ, new Date(0).toString()); " +
        "console.error('b'); console.log('c')",
    );
    const once = await executeNotebook(notebook, { directory: notebookFolder, environment: { TWIN_TEST: "given" } });
    const again = await executeNotebook(once.notebook, {
      directory: notebookFolder,
      environment: { TWIN_TEST: "given" },
    });
    expect(notebookJson(again.notebook)).toBe(notebookJson(once.notebook));
    expect(outputsOf(once)[0][0]).toMatchObject({
      text: "given UTC Thu Jan 01 1970 00:00:00 GMT+0000 (Coordinated Universal Time)\n",
    });
  });

  it("refuses a folder that is not there", async () => {
    await expect(executeNotebook(notebookOfCode("1"), { directory: projectPath("no-such-folder") })).rejects.toThrow(
      /folder must exist/,
    );
  });
});
