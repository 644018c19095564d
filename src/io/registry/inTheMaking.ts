import { randomBytes } from "node:crypto";
import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { makeFolder } from "../makeFolder.js";

/** Folder of a registry in which things are made before they get their names. */
const place = "making";

/** What nobody has written to for so long was left by a process that was killed: a day, in milliseconds. */
const stale = 86_400_000;

/**
 * A new folder within a registry for what is in the making; it is removed afterwards. What killed processes left goes
 * when it is a day old by the clock of the file system itself: other machines may work on the same folder, with other
 * clocks, and their processes cannot be asked.
 */
export async function inTheMaking<Result>(registry: string, use: (folder: string) => Promise<Result>): Promise<Result> {
  const all = join(registry, place);
  const mine = join(all, randomBytes(8).toString("hex"));
  await makeFolder(all);
  await mkdir(mine);
  try {
    await removeStale(all, (await stat(mine)).mtimeMs);
    return await use(mine);
  } finally {
    await rm(mine, { recursive: true, force: true }).catch(() => undefined);
  }
}

async function removeStale(all: string, now: number): Promise<void> {
  for (const name of await readdir(all)) {
    const path = join(all, name);
    const age = await stat(path).then(
      ({ mtimeMs }) => now - mtimeMs,
      () => 0,
    );
    if (age > stale) await rm(path, { recursive: true, force: true }).catch(() => undefined);
  }
}
