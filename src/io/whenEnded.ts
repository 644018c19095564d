const cleanups = new Set<() => void>();
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Does something when this process ends: by its own exit, by an error, by Ctrl-C or another signal that asks it to.
 * If it is killed outright nothing can be done. Where somebody else listens to the signal, as a kernel does that is
 * only interrupted, the process lives on, and nothing is done.
 *
 * @param cleanup  cannot wait for anything
 * @returns takes it back
 */
export function whenEnded(cleanup: () => void): () => void {
  if (cleanups.size === 0) listen();
  cleanups.add(cleanup);
  return () => {
    if (cleanups.delete(cleanup) && cleanups.size === 0) listenNoMore();
  };
}

function listen(): void {
  process.on("exit", endAll);
  for (const signal of signals) process.on(signal, endBySignal);
}

function listenNoMore(): void {
  process.off("exit", endAll);
  for (const signal of signals) process.off(signal, endBySignal);
}

function endAll(): void {
  for (const cleanup of [...cleanups]) cleanup();
}

/** Our listener displaces Node's default, which is to end. */
function endBySignal(signal: NodeJS.Signals): void {
  listenNoMore();
  if (process.listenerCount(signal) > 0) return listen();
  endAll();
  process.kill(process.pid, signal);
}
