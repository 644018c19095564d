import { join } from "node:path";
import { withLock } from "../../io/withLock.js";

/**
 * Does something that no two processes may do at once in a project: run, verify or sync its notebooks.
 * The lock, `.twin/lock`, names its holder; one left behind by a process that no longer runs is taken over.
 *
 * @throws InputError naming the process that holds the lock, or if the lock is no file
 */
export function withProjectLock<Result>(root: string, use: () => Promise<Result>): Promise<Result> {
  return withLock(join(root, ".twin", "lock"), use, { work: "run, verify or sync notebooks here" });
}
