import { Worker } from "node:worker_threads";

const everyMilliseconds = 500;

/**
 * Fault: a stock kernel outlives a client that was killed, and burns a core for ever if a
 * cell was looping. The watch runs on a thread of its own, which an endless loop in a
 * cell does not stop.
 *
 * The parent is gone when the process has another one, or when the process that
 * Jupyter names in JPY_PARENT_PID (it may have died before we started) is no more.
 */
export function watchParent(): void {
  const code = `
    const named = Number(process.env.JPY_PARENT_PID ?? 0);
    const alive = (id) => {
      try { process.kill(id, 0); return true; } catch (error) { return error.code === "EPERM"; }
    };
    setInterval(() => {
      if (process.ppid !== ${process.ppid} || (named > 1 && !alive(named))) process.kill(process.pid, "SIGKILL");
    }, ${everyMilliseconds});`;
  // With streams of its own, or Node would make this process's for it (see OutputPipe).
  new Worker(code, { eval: true, execArgv: [], stdout: true, stderr: true }).unref();
}
