const signals = ["SIGINT", "SIGTERM"] as const;

/** A signal to stop, and how to listen no more. */
export interface StopSignal {
  readonly signal: AbortSignal;
  readonly release: () => void;
}

/** Ctrl-C, or another request to end, asks work to stop when it can; the second one ends this process at once. */
export function stopSignal(): StopSignal {
  const stop = new AbortController();
  const release = (): void => signals.forEach((name) => void process.off(name, take));
  const take = (name: NodeJS.Signals): void => {
    if (!stop.signal.aborted) return stop.abort();
    release();
    process.kill(process.pid, name);
  };
  for (const name of signals) process.on(name, take);
  return { signal: stop.signal, release };
}
