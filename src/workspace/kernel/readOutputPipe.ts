import type { MessagePort } from "node:worker_threads";

/** What the thread that reads the kernel's pipes is given. */
export interface PipeReader {
  /** Descriptors of the reading ends, of stdout and of stderr. */
  readonly reading: readonly number[];
  /** For each, the number of the last mark that was read. */
  readonly seen: Int32Array<SharedArrayBuffer>;
  readonly port: MessagePort;
  /** Begins a mark: a zero byte, this, nine digits and a zero byte. */
  readonly secret: string;
  /** Descriptor that gets a copy of stderr, so that it outlives the kernel; null: none. */
  readonly echo: number | null;
}

/**
 * Reads the kernel's pipes (see OutputPipe), on a thread of its own (see startSideThread). It is handed over as text,
 * so it names nothing from outside itself.
 */
export function readOutputPipe({ reading, seen, port, secret, echo }: PipeReader): void {
  const { Socket } = process.getBuiltinModule("node:net");
  const { StringDecoder } = process.getBuiltinModule("node:string_decoder");
  const { writeSync } = process.getBuiltinModule("node:fs");
  const start = Buffer.from(`\0${secret}`);
  const length = start.length + 10;

  reading.forEach((fd, at) => {
    const name = at === 0 ? "stdout" : "stderr";
    const decoder = new StringDecoder("utf8");
    let held = Buffer.alloc(0);

    const emit = (bytes: Buffer): void => {
      // A mark may stand in the middle of a character: the decoder keeps the first part for later.
      const text = decoder.write(bytes);
      if (text === "") return;
      port.postMessage({ name, text });
      if (name !== "stderr" || echo === null) return;
      try {
        writeSync(echo, text);
      } catch {
        // The client is gone, and so is who would have read them.
      }
    };
    /** Where something begins that may become a mark. */
    const openMark = (bytes: Buffer): number => {
      const zero = bytes.lastIndexOf(0);
      const begun = zero < 0 ? null : bytes.subarray(zero, zero + start.length);
      return begun !== null && start.subarray(0, begun.length).equals(begun) ? zero : bytes.length;
    };
    new Socket({ fd, readable: true, writable: false }).on("data", (more: Buffer) => {
      let bytes = Buffer.concat([held, more]);
      for (let mark = bytes.indexOf(start); mark >= 0 && bytes.length >= mark + length; mark = bytes.indexOf(start)) {
        emit(bytes.subarray(0, mark));
        Atomics.store(seen, at, Number(bytes.toString("latin1", mark + start.length, mark + length - 1)));
        Atomics.notify(seen, at);
        bytes = bytes.subarray(mark + length);
      }
      const open = openMark(bytes);
      emit(bytes.subarray(0, open));
      held = bytes.subarray(open);
    });
  });
}
