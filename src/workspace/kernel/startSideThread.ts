import { Worker } from "node:worker_threads";
import { readOutputPipe } from "./readOutputPipe.js";
import type { PipeReader } from "./readOutputPipe.js";
import { watchParent } from "./watchParent.js";

/**
 * Starts the thread that does what must go on while a cell computes: it watches the parent and reads the kernel's
 * pipes. It is one thread for both, as each takes some 15 MB. Its code is given as text, because loading modules
 * would take it longer than all else at the kernel's start.
 *
 * @param pipe  what it reads; null: nothing
 */
export function startSideThread(pipe: PipeReader | null): void {
  const code = `
    const { workerData } = require("node:worker_threads");
    (${watchParent.toString()})(${process.ppid});
    if (workerData !== null) (${readOutputPipe.toString()})(workerData);`;
  new Worker(code, {
    eval: true,
    execArgv: [],
    // With streams of its own, or Node would make this process's for it, on descriptors that are pipes by now.
    stdout: true,
    stderr: true,
    resourceLimits: { maxYoungGenerationSizeMb: 4 },
    workerData: pipe,
    transferList: pipe === null ? [] : [pipe.port],
  }).unref();
}
