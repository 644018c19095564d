import type { ChildProcess } from "node:child_process";

const guarded = new Map<ChildProcess, () => void>();
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Sees to it that a kernel does not outlive this process, however that ends: by its own
 * exit, by an error, or by Ctrl-C. (If it is killed outright, the kernel notices by itself.)
 *
 * @param cleanup  what else to do then
 * @returns ends the kernel and the guard over it
 */
export function guardKernel(child: ChildProcess, cleanup: () => void): () => void {
  if (guarded.size === 0) {
    process.on("exit", endAll);
    for (const signal of signals) process.on(signal, endBySignal);
  }
  const release = (): void => {
    child.kill("SIGKILL");
    cleanup();
    guarded.delete(child);
    if (guarded.size === 0) {
      process.off("exit", endAll);
      for (const signal of signals) process.off(signal, endBySignal);
    }
  };
  guarded.set(child, release);
  return release;
}

function endAll(): void {
  for (const release of [...guarded.values()]) release();
}

/** Our listener displaces Node's default, which is to end: unless somebody else listens, it is given back. */
function endBySignal(signal: NodeJS.Signals): void {
  endAll();
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
}
