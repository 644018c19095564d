import { cellRuns } from "./CellRun.js";
import type { CellRun } from "./CellRun.js";

/** What was thrown where nobody caught it. */
export interface LateError {
  readonly thrown: unknown;
  /** Execution count of the cell that started it; null before the first one. */
  readonly cell: number | null;
}

/**
 * Fault: an unhandled rejection, or a throw from a timer, leaves stock tslab's cell "ok" and
 * a headless run with exit code 0; `process.exit()` in a cell ends the kernel in mid-notebook.
 * Here all three are collected; the cell that runs fails at once, otherwise the next one does: no run passes in
 * which something failed. The cell that started it shows the error too, if it has ended.
 */
export class LateErrors {
  /** The cell that runs, or ran last: it is taken to have started what Node cannot tell the start of. */
  current: CellRun | null = null;
  /** Called for an error of a cell that has ended. */
  show: (run: CellRun, thrown: unknown) => void = () => undefined;
  readonly #errors: LateError[] = [];
  #notify: (() => void) | null = null;

  /** Takes over the process's handlers. Returns the true `process.exit`, for the kernel's own end. */
  install(): typeof process.exit {
    process.on("unhandledRejection", (reason) => this.#add(reason));
    process.on("uncaughtException", (error) => this.#add(error));
    const exit = process.exit.bind(process);
    process.exit = (code) => {
      const refusal = new Error(
        `process.exit(${code ?? ""}) was called; a notebook ends with its last cell, throw an error to fail it`,
      );
      refusal.name = "ProcessExit";
      // Recorded as well as thrown: a cell that catches everything must not hide it.
      this.#add(refusal);
      throw refusal;
    };
    return exit;
  }

  get any(): boolean {
    return this.#errors.length > 0;
  }

  /** Calls back at the next error, so that a cell which awaits something that will now never come does not hang. */
  watch(notify: () => void): void {
    this.#notify = notify;
  }

  /** What has come in since the last call, oldest first. */
  take(): LateError[] {
    this.#notify = null;
    return this.#errors.splice(0);
  }

  #add(error: unknown): void {
    if (this.#errors.some(({ thrown }) => thrown === error)) return;
    const run = cellRuns.getStore() ?? this.current;
    this.#errors.push({ thrown: error, cell: run?.cell ?? null });
    if (run !== null && run.ended) this.show(run, error);
    this.#notify?.();
  }
}
