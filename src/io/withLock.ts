import { rmSync } from "node:fs";
import { link, readFile, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout } from "node:timers/promises";
import { InputError } from "../core/InputError.js";
import { makeFolder } from "./makeFolder.js";
import { projectName } from "./projectPath.js";
import { isRunning, startOfProcess } from "./runningProcess.js";
import { whenEnded } from "./whenEnded.js";
import { withTemporary } from "./withTemporary.js";
import { writeAtomic } from "./writeAtomic.js";

export interface LockOptions {
  /** What only one process at a time may do here: "run notebooks here". */
  readonly work: string;
  /** Seconds to wait for a process that holds the lock (default 0). */
  readonly patience?: number;
}

/** Milliseconds between two looks at a lock that another holds. */
const pause = 20;

/**
 * Does something that no two processes of a machine may do at once. The lock is a file that names its holder; one left
 * behind by a process that no longer runs is taken over.
 *
 * @param lock  path of the file
 * @throws InputError naming the process that holds the lock, or if the lock is no file
 */
export async function withLock<Result>(
  lock: string,
  use: () => Promise<Result>,
  { work, patience = 0 }: LockOptions,
): Promise<Result> {
  await acquire(lock, work, performance.now() + 1000 * patience);
  const stay = whenEnded(() => rmSync(lock, { force: true }));
  try {
    return await use();
  } finally {
    await rm(lock, { force: true });
    stay();
  }
}

async function acquire(lock: string, work: string, until: number): Promise<void> {
  await makeFolder(dirname(lock));
  await withTemporary(dirname(lock), async (mine) => {
    await writeAtomic(mine, `${process.pid} ${startOfProcess(process.pid)}\n`);
    while (!(await isTaken(mine, lock))) {
      const holder = await holderOf(lock, work);
      if (holder === null) continue;
      if (isRunning(holder.pid, holder.start)) {
        if (performance.now() >= until) throw held(lock, holder.pid, work);
        await setTimeout(pause);
      } else await removeStale(lock, mine, work);
    }
  });
}

/** A link is made whole or not at all, so nobody reads a lock that is half written. */
async function isTaken(mine: string, lock: string): Promise<boolean> {
  try {
    await link(mine, lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Null where the lock has gone meanwhile. */
async function holderOf(lock: string, work: string): Promise<{ readonly pid: number; readonly start: string } | null> {
  try {
    const [pid, start = ""] = (await readFile(lock, "utf8")).trim().split(" ");
    return { pid: Number(pid), start };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return null;
    // What cannot be read, such as a folder, would be waited for without end.
    throw new InputError({
      where: projectName(lock),
      must: "must be a file that names the process at work here",
      got: code ?? String(error),
      mend: `remove it, if no other process may ${work}`,
    });
  }
}

/**
 * Of several processes that find a stale lock one removes it: it holds a second lock, and looks again. Otherwise one
 * could remove the lock that another has taken over meanwhile.
 */
async function removeStale(lock: string, mine: string, work: string): Promise<void> {
  const removing = `${lock}.stale`;
  if (!(await isTaken(mine, removing))) {
    const holder = await holderOf(removing, work);
    if (holder !== null && !isRunning(holder.pid, holder.start))
      throw new InputError({
        where: projectName(removing),
        must: "must be gone once the lock of a process that was killed is removed",
        got: "one left by a process that was killed while it did so",
        mend: "remove it, and run again",
      });
    await setTimeout(pause);
    return;
  }
  try {
    const holder = await holderOf(lock, work);
    if (holder !== null && !isRunning(holder.pid, holder.start)) await rm(lock, { force: true });
  } finally {
    await rm(removing, { force: true });
  }
}

function held(lock: string, pid: number, work: string): InputError {
  return new InputError({
    where: projectName(lock),
    must: `only one process at a time may ${work}`,
    got: `process ${pid}, still running`,
    mend: `wait until it is done, or end it (kill ${pid}) and run again`,
  });
}
