import { StringDecoder } from "node:string_decoder";

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
 * @param publish  takes the text, in order
 */
export function captureStreams(publish: (name: StreamName, text: string) => void): CapturedStreams {
  let held: { name: StreamName; text: string } | null = null;
  let turnOpen = false;

  function flush(): void {
    if (held === null) return;
    const { name, text } = held;
    held = null;
    publish(name, text);
  }

  function write(name: StreamName, text: string): void {
    if (text === "") return;
    if (!turnOpen) {
      turnOpen = true;
      setImmediate(() => {
        turnOpen = false;
        flush();
      });
      publish(name, text);
      return;
    }
    if (held !== null && (held.name !== name || held.text.length > longestPiece)) flush();
    if (held === null) held = { name, text };
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
