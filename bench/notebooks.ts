import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectPath } from "../src/io/projectPath.js";
import { executeNotebook } from "../src/workspace/notebooks/executeNotebook.js";
import { startKernel } from "../src/workspace/kernel/KernelClient.js";
import { cellIds, kernelName, notebookJson, type Notebook } from "../src/workspace/notebooks/Notebook.js";
import { medianSeconds, ratioLine } from "./median.js";

// Sixty trivial cells, run headless: our runner against nbclient (Python) on the same kernel, and on ipykernel.
// The peers need the .venv that `npm run lab` makes.

const cells = 60;
const runs = 3;

function notebook(cell: (index: number) => string): Notebook {
  const id = cellIds();
  return {
    cells: Array.from({ length: cells }, (_, index) => ({
      cell_type: "code",
      id: id("code", cell(index)),
      source: cell(index),
      execution_count: null,
      outputs: [],
    })),
  };
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "twin-bench-"));
  try {
    const trivial = notebook((index) => `const x${index} = ${index}; x${index} + 1`);
    const python = notebook((index) => `x${index} = ${index}; x${index} + 1`);
    writeFileSync(join(folder, "trivial.ipynb"), notebookJson(trivial));
    writeFileSync(join(folder, "python.ipynb"), notebookJson(python));

    const ready = await medianSeconds(runs, async () => (await startKernel({ directory: folder })).shutdown());
    const whole = await medianSeconds(runs, async () => {
      const { failure } = await executeNotebook(trivial, { directory: folder });
      if (failure !== null) throw new Error(failure.evalue);
    });
    console.log(
      `kernel start and shutdown ${ready.toFixed(2)} s; the ${cells} cells alone ${(whole - ready).toFixed(2)} s; ` +
        `medians of ${runs}`,
    );
    console.log(
      ratioLine(
        `${cells} cells and the kernel's start`,
        whole,
        await nbclient(folder, "trivial.ipynb", kernelName),
        "nbclient, same kernel",
      ),
    );
    console.log(
      ratioLine(
        `${cells} cells and the kernel's start`,
        whole,
        await nbclient(folder, "python.ipynb", "python3"),
        "nbclient, ipykernel",
      ),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function nbclient(folder: string, file: string, kernel: string): Promise<number | null> {
  const jupyter = projectPath(".venv", "bin", "jupyter");
  if (!existsSync(jupyter)) return null;
  return medianSeconds(runs, () => {
    const { status, stderr } = spawnSync(jupyter, ["execute", `--kernel_name=${kernel}`, join(folder, file)], {
      encoding: "utf8",
      env: { ...process.env, JUPYTER_PATH: projectPath("notebooks") },
    });
    if (status !== 0) throw new Error(stderr);
    return Promise.resolve();
  });
}

await main();
