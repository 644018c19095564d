import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import vm from "node:vm";
import { format } from "node:util";
import { projectPath } from "../../../../src/io/projectPath.js";
import type { CellRunner } from "../../../../src/workspace/kernel/CellRunner.js";
import { executeNotebook } from "../../../../src/workspace/notebooks/executeNotebook.js";
import { notebookOfCode } from "../../kernelNotebook.js";
import { loadTypescript } from "../../../../src/workspace/kernel/loadTypescript.js";

/** What a sequence shows of itself: lines of its log, the last of them the error that ended it, if one did. */
export type Observation = readonly string[];

/** The cells of a sequence one after the other, up to the first that fails, in a kernel that has forgotten all else. */
export function observeCells(runner: CellRunner, cells: readonly string[]): Promise<Observation> {
  return observing(async () => {
    runner.reset();
    for (const [at, cell] of cells.entries()) {
      const { error } = await runner.run(cell, at + 1);
      if (error !== null) return [`${error.ename}: ${error.evalue}`];
    }
    return [];
  });
}

/** Modules so far: Node runs the same text once only. */
let modules = 0;

/** The same text as one module, which Node imports from what TypeScript makes of it. */
export function observeModule(folder: string, cells: readonly string[]): Promise<Observation> {
  const counter = asJavascript(readFileSync(join(folder, "counter.ts"), "utf8"));
  const text = asJavascript(`${cells.join("\n")}\nexport {};\n//! ${++modules}`).replaceAll(
    `"./counter"`,
    JSON.stringify(asUrl(counter)),
  );
  return observing(async () => {
    try {
      await importModule(asUrl(text));
      return [];
    } catch (error) {
      return [String(error)];
    }
  });
}

/** The same text as a file that \`tsx\` runs, in a process of its own. */
export async function observeTsx(folder: string, cells: readonly string[]): Promise<Observation> {
  const path = join(folder, "module.ts");
  // The error that ends it is logged as the cells' is.
  const guard = `process.on("uncaughtException", (error) => { console.log(String(error)); process.exit(0); });\n`;
  await writeFile(path, `${guard}${cells.join("\n")}\nexport {};\n`);
  return new Promise((resolve, reject) => {
    const tsx = projectPath("node_modules", "tsx", "dist", "cli.mjs");
    execFile(process.execPath, [tsx, path], { cwd: folder }, (error, stdout, stderr) => {
      if (error !== null) reject(new Error(stderr));
      else resolve(stdout.split("\n").slice(0, -1));
    });
  });
}

function asJavascript(text: string): string {
  const typescript = loadTypescript();
  const { outputText } = typescript.transpileModule(text, {
    compilerOptions: { module: typescript.ModuleKind.ESNext, target: typescript.ScriptTarget.ES2022 },
  });
  return outputText;
}

function asUrl(text: string): string {
  return `data:text/javascript;base64,${Buffer.from(text).toString("base64")}`;
}

/** Node's own `import()`, not that of a test runner. */
const importModule = new vm.Script("(url) => import(url)", {
  importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
}).runInThisContext() as (url: string) => Promise<unknown>;

/** Runs something and takes what it logs. */
async function observing(run: () => Promise<string[]>): Promise<Observation> {
  const { log } = console;
  const seen: string[] = [];
  console.log = (...shown: unknown[]) => void seen.push(...format(...shown).split("\n"));
  try {
    const end = await run();
    return [...seen, ...end];
  } finally {
    console.log = log;
  }
}

/** The cells of a sequence as a notebook, which a kernel of its own runs. */
export async function observeNotebook(folder: string, cells: readonly string[]): Promise<Observation> {
  const { notebook, failure } = await executeNotebook(notebookOfCode(...cells), {
    directory: folder,
    settleSeconds: 0,
  });
  const outputs = notebook.cells.flatMap((cell) => (cell.cell_type === "code" ? cell.outputs : []));
  const text = outputs
    .flatMap((one) => (one.output_type === "stream" && one.name === "stdout" ? one.text : []))
    .join("");
  return [...text.split("\n").slice(0, -1), ...(failure === null ? [] : [`${failure.ename}: ${failure.evalue}`])];
}

/** The cells of a program one after the other, whatever becomes of them, in a kernel that has forgotten all else. */
export async function observeProgram(runner: CellRunner, cells: readonly string[]): Promise<Observation[]> {
  const shown: string[] = [];
  const globals = {
    show: (value: unknown) => void shown.push(String(value)),
    interrupted: () => {
      runner.interrupt();
      return new Promise<never>(() => undefined);
    },
  };
  Object.assign(globalThis, globals);
  runner.reset();
  const seen: Observation[] = [];
  for (const [at, cell] of cells.entries()) {
    const { error } = await runner.run(cell, at + 1);
    const end =
      error === null
        ? "ok"
        : error.ename === "TypeScriptError"
          ? "types"
          : error.ename === "Interrupted"
            ? "interrupted"
            : `${error.ename}: ${error.evalue}`;
    seen.push([...shown.splice(0), end]);
  }
  return seen;
}
