import { subscribe } from "node:diagnostics_channel";
import { writeFileSync } from "node:fs";

/** The variable with the number of threads in which stages that train work. */
export const threadsVariable = "TWIN_WORKERS";

/** What the file says of a kernel that neither asked for the number of threads nor started a thread or a process. */
export const noThreads = "none";

/**
 * Says in a file whether what cells compute could depend on the number of threads, for a verification that would run
 * them again with another: "none" at first, and the sign once there is one. Signs are that TWIN_WORKERS is read, by
 * its name or with all variables, and that a thread or a process is started, which could read it unseen. That names
 * of variables are listed, as a package of the kernel does, is no sign: they do not tell the number.
 *
 * @param file  where it is said; undefined: it is not watched
 */
export function watchThreads(file: string | undefined): void {
  if (file === undefined) return;
  const tell = (sign: string): void => writeFileSync(file, sign);
  tell(noThreads);
  subscribe("worker_threads", () => tell("a thread was started"));
  subscribe("child_process", () => tell("a process was started"));
  process.env = new Proxy(process.env, {
    get(variables, name) {
      if (name === threadsVariable) tell(`${threadsVariable} was read`);
      return variables[name as string];
    },
    has(variables, name) {
      if (name === threadsVariable) tell(`${threadsVariable} was looked for`);
      return name in variables;
    },
    // Without it, a change to a variable would be refused: process.env takes whole properties only.
    set(variables, name, value) {
      variables[name as string] = value as string;
      return true;
    },
  });
}
