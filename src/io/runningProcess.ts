import { createHash } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/**
 * When a process started, in clock ticks since boot, on Linux: numbers of processes are used again, soon in containers,
 * and the start tells a namesake.
 *
 * @returns "" where it cannot be known, "ended" for one that only waits to be reaped
 */
export function startOfProcess(pid: number): string {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return "";
  }
  // The name, in parentheses, may hold spaces; state is the third field, start time the 22nd.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields[0] === "Z" ? "ended" : fields[19];
}

/** Whether the process of this machine with this number, which started then (startOfProcess), still runs. */
export function isRunning(pid: number, start: string): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Another user's process may not be asked, but is there.
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  const now = startOfProcess(pid);
  return start === "" || now === "" || now === start;
}

/** Eight hex digits for what numbers its processes on its own: this machine, or this container on it. */
export function processSpace(): string {
  let namespace = "";
  try {
    namespace = readlinkSync("/proc/self/ns/pid");
  } catch {
    // Elsewhere than on Linux a machine has one.
  }
  return createHash("sha256").update(`${hostname()} ${namespace}`).digest("hex").slice(0, 8);
}
