import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { runInNewContext } from "node:vm";
import type { executeNotebook } from "../../src/workspace/notebooks/executeNotebook.js";
import type { Cell, Output } from "../../src/workspace/notebooks/Notebook.js";

export function put(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

export function get(root: string, path: string): string | null {
  return existsSync(join(root, path)) ? readFileSync(join(root, path), "utf8") : null;
}

/**
 * Stands in for the kernel: cells are JavaScript in which `write(path, text)` writes an output,
 * `read(path)` reads from the project and `print(text)` makes output. Counts what it ran.
 */
export function playedKernel(root: string): { readonly execute: typeof executeNotebook; readonly ran: string[] } {
  const ran: string[] = [];
  const execute: typeof executeNotebook = async (notebook, { environment = {}, onCell = () => undefined }) => {
    const cells: Cell[] = [...notebook.cells];
    const code = cells.flatMap((cell, index) =>
      cell.cell_type === "code" && cell.source.trim() !== "" ? [index] : [],
    );
    for (const [position, index] of code.entries()) {
      const cell = cells[index];
      if (cell.cell_type !== "code") continue;
      onCell({ cell: position + 1, of: code.length, state: "running" });
      ran.push(cell.source);
      const outputs: Output[] = [];
      const hands = {
        write: (path: string, text: string) => put(environment.TWIN_OUTPUT, path, text),
        read: (path: string) => get(root, path),
        print: (text: string) => outputs.push({ output_type: "stream", name: "stdout", text: `${text}\n` }),
      };
      let error: { ename: string; evalue: string; traceback: string[] } | null = null;
      try {
        await (runInNewContext(`(async () => { ${cell.source}\n })()`, hands) as Promise<void>);
      } catch (thrown) {
        const { name: ename, message: evalue } = thrown as Error;
        error = { ename, evalue, traceback: [`${ename}: ${evalue}`, "    at cell"] };
        outputs.push({ output_type: "error", ...error });
      }
      cells[index] = { ...cell, execution_count: position + 1, outputs };
      onCell({ cell: position + 1, of: code.length, state: error === null ? "done" : "failed" });
      if (error !== null) return { notebook: { cells }, failure: { cell: index, ...error } };
    }
    return { notebook: { cells }, failure: null };
  };
  return { execute, ran };
}
