import { StringDecoder } from "node:string_decoder";
import { cellRuns } from "./CellRun.js";

export type StreamName = "stdout" | "stderr";

export interface CapturedStreams {
  /** Sends on what is still held back. */
  readonly flush: () => void;
}

const longestPiece = 65_536;

/**
 * Fault: stock tslab makes one message of every write, garbles a character that two writes
 * share, and never calls back a writer that waits. Here the first write of a turn goes out
 * at once and what follows in the same turn as one piece.
 *
 * @param author   who writes; null: nobody to whom it could be told
 * @param publish  takes the text, in order
 */
export function captureStreams<Author>(
  author: () => Author | null,
  publish: (author: Author, name: StreamName, text: string) => void,
): CapturedStreams {
  let held: { readonly by: Author; readonly name: StreamName; text: string } | null = null;
  let turnOpen = false;

  function flush(): void {
    if (held === null) return;
    const { by, name, text } = held;
    held = null;
    publish(by, name, text);
  }

  function write(name: StreamName, text: string): void {
    const by = author();
    if (text === "" || by === null) return;
    if (!turnOpen) {
      turnOpen = true;
      // Outside the cell, which would otherwise wait for it.
      cellRuns.exit(() =>
        setImmediate(() => {
          turnOpen = false;
          flush();
        }),
      );
      publish(by, name, text);
      return;
    }
    if (held !== null && (held.by !== by || held.name !== name || held.text.length > longestPiece)) flush();
    if (held === null) held = { by, name, text };
    else held.text += text;
  }

  for (const name of ["stdout", "stderr"] as const) {
    const decoder = new StringDecoder("utf8");
    process[name].write = (chunk: Uint8Array | string, ...rest: unknown[]): boolean => {
      write(
        name,
        typeof chunk === "string"
          ? chunk
          : decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)),
      );
      const written = rest.find((one) => typeof one === "function") as (() => void) | undefined;
      if (written !== undefined) process.nextTick(written);
      return true;
    };
  }
  return { flush };
}
