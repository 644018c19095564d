import { fstatSync } from "node:fs";
import { open } from "node:fs/promises";
import { asWriteError } from "../systemRefusal.js";
import { writeInGroups } from "../writeInGroups.js";
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

/**
 * Makes a new file of sealed lines (sealedLine), written in groups that share one fsync.
 *
 * @throws InputError if it cannot be made, or stands there
 */
export async function openLines(path: string): Promise<Lines> {
  const file = await open(path, "ax").catch((error: unknown) => {
    throw asWriteError(path, error);
  });
  let failure: { readonly error: unknown } | null = null;
  let durable = 0;

  const { add, settled } = writeInGroups<Buffer, void>(async (lines) => {
    if (failure !== null) throw failure.error;
    try {
      await bringToDisk(Buffer.concat(lines));
    } catch (thrown) {
      // What was half written is cut off where that can be done; readers drop it where it cannot.
      await file.truncate(durable).catch(() => undefined);
      failure = { error: asWriteError(path, thrown) };
      throw failure.error;
    }
    return lines.map(() => undefined);
  });
  const bringToDisk = async (bytes: Buffer): Promise<void> => {
    for (let at = 0; at < bytes.length;) at += (await file.write(bytes, at)).bytesWritten;
    await file.datasync();
    // A file that was removed takes what is written, and forgets it.
    if (fstatSync(file.fd).nlink === 0) throw Object.assign(new Error("removed"), { code: "ENOENT", syscall: "write" });
    durable += bytes.length;
  };
  return {
    append: (head) => add(sealedLine(head)),
    async close() {
      await settled();
      await file.close();
    },
  };
}
