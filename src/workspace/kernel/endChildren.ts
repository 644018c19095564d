import { ChildProcess } from "node:child_process";

/**
 * Asks the programs to end that cells started and that this process would wait for, as ipykernel does when it is shut
 * down. One that a cell has given free (`child.unref()`) lives on.
 *
 * Fault: a server that a cell had started outlived its kernel, and kept its port.
 */
export function endChildren(): void {
  // Deprecated in words only; nothing else names them all.
  const handles = (process as unknown as { readonly _getActiveHandles: () => readonly object[] })._getActiveHandles();
  for (const handle of handles) if (handle instanceof ChildProcess) handle.kill();
}
