import { rmSync } from "node:fs";
import { link, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "../../core/InputError.js";
import { projectName } from "../../io/projectPath.js";
import { isRunning, startOfProcess } from "../../io/runningProcess.js";
import { whenEnded } from "../../io/whenEnded.js";
import { writeAtomic } from "../../io/writeAtomic.js";

/**
 * Does something that no two processes may do at once in a project: run, verify or sync its notebooks.
 * The lock, `.twin/lock`, names its holder; one left behind by a process that no longer runs is taken over.
 *
 * @throws InputError naming the process that holds the lock, or if the lock is no file
 */
export async function withProjectLock<Result>(root: string, use: () => Promise<Result>): Promise<Result> {
  const lock = join(root, ".twin", "lock");
  await acquire(lock);
  const stay = whenEnded(() => rmSync(lock, { force: true }));
  try {
    return await use();
  } finally {
    await rm(lock, { force: true });
    stay();
  }
}

let attempts = 0;

async function acquire(lock: string): Promise<void> {
  const mine = `${lock}.${process.pid}-${++attempts}`;
  await writeAtomic(mine, `${process.pid} ${startOfProcess(process.pid)}\n`);
  try {
    // A link is made whole or not at all, so nobody reads a lock that is half written.
    while (!(await succeeds(link(mine, lock), "EEXIST"))) await removeStale(lock);
  } finally {
    await rm(mine, { force: true });
  }
}

async function removeStale(lock: string): Promise<void> {
  let holder: string;
  try {
    holder = await readFile(lock, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    // What cannot be read, such as a folder, would be waited for without end.
    throw new InputError({
      where: projectName(lock),
      must: "must be a file that names the process at work here",
      got: (error as NodeJS.ErrnoException).code ?? String(error),
      mend: "remove it, if no other process runs, verifies or syncs notebooks here",
    });
  }
  const [pid, start = ""] = holder.trim().split(" ");
  if (isRunning(Number(pid), start)) {
    throw new InputError({
      where: projectName(lock),
      must: "only one process at a time may run, verify or sync notebooks here",
      got: `process ${pid}, still running`,
      mend: `wait until it is done, or end it (kill ${pid}) and run again`,
    });
  }
  // Another process may have taken the lock over since it was read: what was
  // moved aside decides, and a live lock goes back.
  const aside = `${lock}.${process.pid}-${++attempts}.stale`;
  if (!(await succeeds(rename(lock, aside), "ENOENT"))) return;
  if ((await readFile(aside, "utf8")) !== holder) await succeeds(link(aside, lock), "EEXIST");
  await rm(aside, { force: true });
}

async function succeeds(action: Promise<unknown>, expected: string): Promise<boolean> {
  try {
    await action;
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === expected) return false;
    throw error;
  }
}
