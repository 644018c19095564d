import { open } from "node:fs/promises";
import { InputError } from "../../core/InputError.js";
import { projectName } from "../projectPath.js";
import { headOf, isSealed, type LineHead } from "../requests/logLine.js";
import { asReadError } from "../systemRefusal.js";

/** Reads a file of sealed lines as it grows. */
export interface FollowedLines {
  /**
   * Lines that came since the last call.
   *
   * @throws InputError naming the file and line if one is damaged with others behind it
   */
  readonly read: () => Promise<readonly LineHead[]>;
  /** Of the last line, that it is not whole, in words; null where all are. */
  readonly cut: () => string | null;
}

/** @see openLines */
export function followLines(path: string): FollowedLines {
  let [from, line] = [0, 0];
  let rest = 0;
  return {
    read: async () => {
      const bytes = await bytesFrom(path, from);
      const heads: LineHead[] = [];
      let start = 0;
      for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
        const text = bytes.subarray(start, end);
        if (!isSealed(text)) {
          // The last one may be half there: it is looked at again.
          if (end + 1 === bytes.length) break;
          throw new InputError({
            where: `${projectName(path)}, line ${line + 1}`,
            must: "must be a line with the hash that it says: only the last one may be half written",
            got: "one that was damaged, with others behind it",
            mend: "restore the file from a copy; or remove it, and its trials are carried out again",
          });
        }
        heads.push(headOf(text, []));
        start = end + 1;
        line++;
      }
      from += start;
      rest = bytes.length - start;
      return heads;
    },
    cut: () =>
      rest === 0
        ? null
        : `${projectName(path)}, line ${line + 1}: half written when its process ended, and dropped: its trial is ` +
          "carried out again",
  };
}

async function bytesFrom(path: string, from: number): Promise<Buffer> {
  try {
    const file = await open(path, "r");
    try {
      const bytes = Buffer.alloc(Math.max(0, (await file.stat()).size - from));
      let filled = 0;
      while (filled < bytes.length) {
        const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, from + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return bytes.subarray(0, filled);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw asReadError(path, error);
  }
}
