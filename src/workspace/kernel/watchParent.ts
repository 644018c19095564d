/**
 * Fault: a stock kernel outlives a client that was killed, and burns a core for ever if a
 * cell was looping. The watch runs on a thread of its own (see startSideThread), which an endless loop in a
 * cell does not stop.
 *
 * The parent is gone when the process has another one, or when the process that
 * Jupyter names in JPY_PARENT_PID (it may have died before we started) is no more.
 * It is handed over as text, so it names nothing from outside itself.
 *
 * @param parent  the process that started this one
 */
export function watchParent(parent: number): void {
  const everyMilliseconds = 500;
  const named = Number(process.env["JPY_PARENT_PID"] ?? 0);
  const isAlive = (id: number): boolean => {
    try {
      process.kill(id, 0);
      return true;
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === "EPERM";
    }
  };
  setInterval(() => {
    if (process.ppid !== parent || (named > 1 && !isAlive(named))) process.kill(process.pid, "SIGKILL");
  }, everyMilliseconds);
}
