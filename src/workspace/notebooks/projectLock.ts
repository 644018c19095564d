import { link, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "../../core/InputError.js";
import { projectName } from "../../io/projectPath.js";
import { writeAtomic } from "../../io/writeAtomic.js";

/**
 * Does something that no two processes may do at once in a project: run, verify or sync its notebooks.
 * The lock, `.twin/lock`, names its holder; one left behind by a process that no longer runs is taken over.
 *
 * @throws InputError naming the process that holds the lock
 */
export async function withProjectLock<Result>(root: string, use: () => Promise<Result>): Promise<Result> {
  const lock = join(root, ".twin", "lock");
  await acquire(lock);
  try {
    return await use();
  } finally {
    await rm(lock, { force: true });
  }
}

let attempts = 0;

async function acquire(lock: string): Promise<void> {
  const mine = `${lock}.${process.pid}-${++attempts}`;
  await writeAtomic(mine, `${process.pid} ${await startTime(process.pid)}\n`);
  try {
    // A link is made whole or not at all, so nobody reads a lock that is half written.
    while (!(await succeeds(link(mine, lock), "EEXIST"))) await removeStale(lock);
  } finally {
    await rm(mine, { force: true });
  }
}

async function removeStale(lock: string): Promise<void> {
  const holder = await readFile(lock, "utf8").catch(() => null);
  if (holder === null) return;
  const pid = Number.parseInt(holder, 10);
  if (await isRunning(pid, holder)) {
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

async function isRunning(pid: number, holder: string): Promise<boolean> {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  // Numbers of processes are used again, soon in containers: the start time tells a namesake from the holder.
  const [, since = ""] = holder.trim().split(" ");
  return since === "" || since === (await startTime(pid));
}

/**
 * Start of a process in clock ticks since boot, on Linux; "" elsewhere, "ended" for one that only waits to be reaped.
 */
async function startTime(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => null);
  if (stat === null) return "";
  // The name, in parentheses, may hold spaces; state is the third field, start time the 22nd.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields[0] === "Z" ? "ended" : fields[19];
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
