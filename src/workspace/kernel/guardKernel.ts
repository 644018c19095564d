import type { ChildProcess } from "node:child_process";
import { whenEnded } from "../../io/whenEnded.js";

/**
 * Sees to it that a kernel does not outlive this process, however that ends: by its own
 * exit, by an error, or by Ctrl-C. (If it is killed outright, the kernel notices by itself.)
 *
 * @param cleanup  what else to do then
 * @returns ends the kernel and the guard over it
 */
export function guardKernel(child: ChildProcess, cleanup: () => void): () => void {
  const release = (): void => {
    unguard();
    child.kill("SIGKILL");
    cleanup();
  };
  const unguard = whenEnded(release);
  return release;
}
