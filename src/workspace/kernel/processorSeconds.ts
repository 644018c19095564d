import { readFile } from "node:fs/promises";

/** Clock ticks per second in /proc, the same on all Linux machines. */
const ticksPerSecond = 100;

/**
 * Processor time that a process and its threads have used so far, in seconds; null where there is no /proc that tells.
 */
export async function processorSeconds(processId: number): Promise<number | null> {
  const stat = await readFile(`/proc/${processId}/stat`, "utf8").catch(() => null);
  if (stat === null) return null;
  // The name, in parentheses, may hold spaces; user and system time are the fields 14 and 15, the state is the third.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}
