import { randomBytes } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { workerPool } from "../../core/threads/workerPool.js";
import { isLinkedFirst } from "../isLinkedFirst.js";
import { makeFolder } from "../makeFolder.js";
import type { LineHead } from "../requests/logLine.js";
import { asWriteError } from "../systemRefusal.js";
import { ownPrefix } from "../withTemporary.js";
import { endedBeat, followWriters, placesOf, settledLine, standingName } from "./followWriters.js";
import type { Heart } from "./heartWorker.js";
import { openLines } from "./openLines.js";

/**
 * Work in numbered pieces that several processes share by a folder, also of several machines. A number is claimed by a
 * link, which only one can make. The claim of a process whose heart no longer beats is void, and the next one may be
 * made. What a process says of a piece stands in a file of its own, on the disk, before it is linked to the number: the
 * first one counts for all and for good, also where a slow process was taken for dead and its piece done twice.
 */
export interface WorkFolder {
  /** Reads what others have said since. @throws InputError as Writers.look */
  readonly look: () => Promise<void>;
  /** Lines that are of no piece of work, of all processes. */
  readonly notes: () => readonly LineHead[];
  /** What came of a piece, as far as this process has looked; null where it has not ended. */
  readonly lineOf: (number: number) => Promise<LineHead | null>;
  /** Whether the piece is this process's now. */
  readonly claim: (number: number) => Promise<boolean>;
  /**
   * Says what came of a piece that was claimed.
   *
   * @returns when it is on the disk and counts, unless another's counts already
   * @throws InputError if it cannot be written
   */
  readonly finish: (number: number, head: LineHead) => Promise<void>;
  /** Says something that is of no piece. @throws InputError if it cannot be written */
  readonly note: (head: LineHead) => Promise<void>;
  /** Gives back what was claimed and not finished. */
  readonly close: () => Promise<void>;
}

export interface WorkFolderOptions {
  /**
   * After which a process of another machine whose heart was not seen to beat is taken to have died (default 30,000).
   * Those of this machine are asked for by their number.
   */
  readonly staleMilliseconds?: number;
  /** Takes what was dropped that a killed process left half written. */
  readonly onWarning?: (warning: string) => void;
}

/** @throws InputError if nothing can be written there, or the file system has no hard links */
export async function openWorkFolder(
  folder: string,
  { staleMilliseconds = 30_000, onWarning = () => undefined }: WorkFolderOptions = {},
): Promise<WorkFolder> {
  const { writers: place, claims, ended } = placesOf(folder);
  const own = `${ownPrefix()}${randomBytes(3).toString("hex")}`;
  const [name, beat] = [join(place, `${own}.name`), join(place, `${own}.beat`)];
  try {
    for (const one of [place, claims, ended]) await makeFolder(one);
    await writeFile(name, own, { flag: "wx" });
    await writeFile(beat, "0".padStart(12, "0"), { flag: "wx" });
  } catch (error) {
    throw asWriteError(folder, error);
  }
  const lines = await openLines(join(place, `${own}.jsonl`));
  const heart = workerPool<Heart, never>(new URL("heartWorker.ts", import.meta.url).href, 1, null);
  // It ends when the pool is closed.
  heart.run({ path: beat, everyMilliseconds: staleMilliseconds / 10 }).catch(() => undefined);
  const writers = followWriters(folder, { staleMilliseconds, onWarning });
  const isDead = (writer: string): boolean => writer !== own && writers.isDead(writer);
  const known = { ...writers, isDead };

  const link = async (made: string, path: string): Promise<boolean> => {
    try {
      return await isLinkedFirst(made, path, { folder: "a study", mend: "choose another folder" });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EMLINK") throw asWriteError(path, error);
      // A file may have only so many names: those that it has stay, and another one takes the next.
      await rm(name);
      await writeFile(name, own, { flag: "wx" });
      return link(name, path);
    }
  };
  return {
    look: writers.look,
    notes: writers.notes,
    lineOf: (number) => settledLine(folder, number, known, link),
    claim: async (number) => {
      const { owner, path } = await standingName(claims, number, isDead);
      return owner === null && (await link(name, path));
    },
    finish: async (number, head) => {
      await lines.append({ trial: number, ...head });
      await writers.look();
      for (;;) {
        const hasLeft = (owner: string): boolean => writers.lineOf(owner, number) === null && isDead(owner);
        const { owner, path } = await standingName(ended, number, hasLeft);
        if (owner !== null || (await link(name, path))) return;
      }
    },
    note: (head) => lines.append(head),
    close: async () => {
      await heart.close();
      await lines.close();
      await writeFile(beat, endedBeat).catch(() => undefined);
    },
  };
}
