import { fstatSync } from "node:fs";
import { open } from "node:fs/promises";
import { asWriteError } from "../systemRefusal.js";
import { type LineHead, sealedLine } from "../requests/logLine.js";

/** A file of one writer that lines are added to. */
export interface Lines {
  /**
   * Adds a line.
   *
   * @returns when it is on the disk
   * @throws InputError if it cannot be written; after that nothing more is
   */
  readonly append: (head: LineHead) => Promise<void>;
  readonly close: () => Promise<void>;
}

interface Waiting {
  readonly line: Buffer;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Makes a new file of sealed lines (sealedLine). Those that wait while some are brought to the disk are the next group,
 * so that they share one fsync.
 *
 * @throws InputError if it cannot be made, or stands there
 */
export async function openLines(path: string): Promise<Lines> {
  const file = await open(path, "ax").catch((error: unknown) => {
    throw asWriteError(path, error);
  });
  let waiting: Waiting[] = [];
  let writing: Promise<void> | null = null;
  let failure: { readonly error: unknown } | null = null;
  let durable = 0;

  const writeGroup = async (lines: Buffer): Promise<void> => {
    for (let at = 0; at < lines.length;) at += (await file.write(lines, at)).bytesWritten;
    await file.datasync();
    // A file that was removed takes what is written, and forgets it.
    if (fstatSync(file.fd).nlink === 0) throw Object.assign(new Error("removed"), { code: "ENOENT", syscall: "write" });
    durable += lines.length;
  };
  const commit = async (): Promise<void> => {
    // What else is added in this turn of the loop belongs to the first group.
    await Promise.resolve();
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      try {
        if (failure !== null) throw failure.error;
        await writeGroup(Buffer.concat(group.map(({ line }) => line)));
        group.forEach(({ resolve }) => resolve());
      } catch (thrown) {
        const error = asWriteError(path, thrown);
        // What was half written is cut off where that can be done; readers drop it where it cannot.
        if (failure === null) await file.truncate(durable).catch(() => undefined);
        failure = { error };
        group.forEach(({ reject }) => reject(error));
      }
    }
    writing = null;
  };
  return {
    append: (head) =>
      new Promise((resolve, reject) => {
        waiting.push({ line: sealedLine(head), resolve, reject });
        writing ??= commit();
      }),
    async close() {
      while (writing !== null) await writing;
      await file.close();
    },
  };
}
