/**
 * Fault: an unhandled rejection, or a throw from a timer, leaves stock tslab's cell "ok" and
 * a headless run with exit code 0; `process.exit()` in a cell ends the kernel in mid-notebook.
 * Here all three are collected; the cell that runs fails at once, otherwise the next one does.
 */
export class LateErrors {
  readonly #errors: unknown[] = [];
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
  take(): unknown[] {
    this.#notify = null;
    return this.#errors.splice(0);
  }

  #add(error: unknown): void {
    if (this.#errors.includes(error)) return;
    this.#errors.push(error);
    this.#notify?.();
  }
}
