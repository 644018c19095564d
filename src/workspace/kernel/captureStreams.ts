import { Writable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import { setImmediate } from "node:timers";
import { cellRuns } from "./CellRun.js";
import type { OutputPipe, Piece, StreamName } from "./OutputPipe.js";

export interface CapturedStreams {
  /** Sends on what is still held back, and what programs have written up to now. */
  readonly flush: () => void;
}

const longestPiece = 65_536;

/**
 * Fault: stock tslab makes one message of every write, garbles a character that two writes
 * share, and never calls back a writer that waits. Here the first write of a turn goes out
 * at once and what follows in the same turn as one piece.
 *
 * @param pipe     through which everything goes, with what programs write; null: nothing else is heard
 * @param author   who writes; null: nobody to whom it could be told
 * @param publish  takes the text, in order
 */
export function captureStreams<Author>(
  pipe: OutputPipe | null,
  author: () => Author | null,
  publish: (author: Author, name: StreamName, text: string) => void,
): CapturedStreams {
  const way = pipe ?? memoryPipe();
  let held: { readonly by: Author; readonly name: StreamName; bytes: number } | null = null;
  let turnOpen = false;

  function flush(): void {
    const by = held?.by ?? author();
    held = null;
    for (const { name, text } of way.read()) if (by !== null) publish(by, name, text);
  }

  function write(name: StreamName, bytes: Uint8Array): void {
    const by = author();
    if (bytes.length === 0 || by === null) return;
    if (held !== null && (held.by !== by || held.name !== name || held.bytes > longestPiece)) flush();
    if (!way.write(name, bytes)) publish(by, name, Buffer.from(bytes).toString());
    held = { by, name, bytes: (held?.bytes ?? 0) + bytes.length };
    if (turnOpen) return;
    turnOpen = true;
    flush();
    // Outside the cell, which would otherwise wait for it.
    cellRuns.exit(() =>
      setImmediate(() => {
        turnOpen = false;
        if (held !== null) flush();
      }),
    );
  }

  for (const [fd, name] of [
    [1, "stdout"],
    [2, "stderr"],
  ] as const) {
    const stream = new Writable({
      // It is never closed: nobody shall wait for that.
      emitClose: false,
      write: (chunk: Buffer, _encoding, done) => {
        write(name, chunk);
        done();
      },
    });
    // It ends with the process: a cell that ends it must not silence those behind it.
    stream.end = function (this: Writable, ...[chunk, encoding, ...rest]: unknown[]) {
      const isText = typeof encoding === "string" && typeof chunk === "string";
      if (isText) stream.write(chunk, encoding as BufferEncoding);
      else if (typeof chunk === "string" || chunk instanceof Uint8Array) stream.write(chunk);
      const told = [chunk, encoding, ...rest].find((one) => typeof one === "function") as (() => void) | undefined;
      // Who waits for the end, as a pipeline does, is told of it.
      stream.write("", () => {
        told?.();
        stream.emit("finish");
      });
      return stream;
    } as Writable["end"];
    // A broken pipeline destroys it, and waits for its being closed.
    stream.destroy = () => {
      process.nextTick(() => stream.emit("close"));
      return stream;
    };
    Object.defineProperty(process, name, { value: Object.assign(stream, { fd }), configurable: true });
  }
  pipe?.listen(({ name, text }) => {
    // Who wrote last and is still held back; of what a program writes by itself, whoever is taken for its author.
    const by = held?.by ?? author();
    if (by !== null) publish(by, name, text);
  });
  return { flush };
}

/** Stands in for the pipe where there is none. */
function memoryPipe(): Pick<OutputPipe, "write" | "read"> {
  const decoders = { stdout: new StringDecoder("utf8"), stderr: new StringDecoder("utf8") };
  let pieces: Piece[] = [];
  return {
    write: (name, bytes) => {
      const text = decoders[name].write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
      const last = pieces.at(-1);
      if (last?.name === name) pieces.splice(-1, 1, { name, text: last.text + text });
      else pieces.push({ name, text });
      return true;
    },
    read: () => {
      const read = pieces;
      pieces = [];
      return read;
    },
  };
}
