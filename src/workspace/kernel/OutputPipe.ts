import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { closeSync, constants, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { MessageChannel, receiveMessageOnPort } from "node:worker_threads";
import type { MessagePort } from "node:worker_threads";
import { temporaryFolder } from "../../io/temporaryFolder.js";
import type { PipeReader } from "./readOutputPipe.js";

export type StreamName = "stdout" | "stderr";

/** What was written to one of the two descriptors. */
export interface Piece {
  readonly name: StreamName;
  readonly text: string;
}

const descriptors = { stdout: 1, stderr: 2 } as const;
const names = ["stdout", "stderr"] as const;
const patienceMilliseconds = 30_000;

/**
 * The kernel's descriptors 1 and 2 as pipes that it reads itself, on a thread of its own: what programs that a cell
 * started, native code or `writeSync(1, ...)` write becomes output of the cell, in order with what it prints, which
 * takes the same way. A mark through the pipe tells that all before it has been read (30 microseconds).
 *
 * Fault: such output went to the terminal that Jupyter was started from, or nowhere.
 *
 * The thread is needed where a cell waits for a program (execSync) that writes more than a pipe holds. Node cannot
 * put a pipe in place of a descriptor; but the lowest free number is given to the next file that is opened, so a
 * named pipe that is opened just after descriptor 1 was closed becomes descriptor 1.
 */
export class OutputPipe {
  /** What the thread needs that reads the pipes (see startSideThread). */
  readonly reader: PipeReader;
  readonly #port: MessagePort;
  readonly #seen: Int32Array<SharedArrayBuffer>;
  /** The kernel's own ends: a cell may close descriptors 1 and 2, and the next file that it opens has their numbers. */
  readonly #writing: Readonly<Record<StreamName, number>>;
  readonly #secret = randomUUID();
  #marks = 0;
  /** The thread reads no more: what it had read is lost, and nobody waits for it again. */
  #isDeaf = false;

  /**
   * Before anything has made `process.stdout` or started a thread.
   *
   * @param echo  descriptor that gets a copy of what goes to stderr, if a client waits there for last words
   * @returns null where there are no named pipes (Windows) or no folder for temporary files: then only what goes
   *   through `process.stdout` and `process.stderr` is output
   */
  static open(echo: number | null): OutputPipe | null {
    try {
      return new OutputPipe(echo);
    } catch {
      return null;
    }
  }

  private constructor(echo: number | null) {
    const folder = temporaryFolder();
    let reading: number[];
    try {
      const paths = names.map((name) => join(folder, name));
      const { status } = spawnSync("mkfifo", paths, { stdio: "ignore" });
      if (status !== 0) throw new Error("named pipes cannot be made here");
      // The reading end first, without waiting: to open the other one would wait for it.
      reading = paths.map((path) => openSync(path, constants.O_RDONLY | constants.O_NONBLOCK));
      names.forEach((name, at) => replaceDescriptor(descriptors[name], paths[at]));
      this.#writing = { stdout: openSync(paths[0], "w"), stderr: openSync(paths[1], "w") };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    this.#seen = new Int32Array(new SharedArrayBuffer(names.length * Int32Array.BYTES_PER_ELEMENT));
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    this.reader = { reading, seen: this.#seen, port: port2, secret: this.#secret, echo };
  }

  /** Calls back with what comes while nobody reads. */
  listen(take: (piece: Piece) => void): void {
    this.#port.on("message", take);
    this.#port.unref();
  }

  /** Writes as a program would that has the descriptor. Returns false if it cannot. */
  write(name: StreamName, bytes: Uint8Array): boolean {
    if (this.#isDeaf) return false;
    for (let written = 0; written < bytes.length;) {
      try {
        written += writeSync(this.#writing[name], bytes, written);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EAGAIN") return false;
        // A program that shares the descriptor has made it one that does not wait.
        Atomics.wait(this.#seen, 0, this.#seen[0], 1);
      }
    }
    return true;
  }

  /** What was written to both so far, by whomever. */
  read(): Piece[] {
    const mark = ++this.#marks;
    const bytes = Buffer.from(`\0${this.#secret}${String(mark).padStart(9, "0")}\0`);
    names.forEach((name, at) => {
      if (this.write(name, bytes) && !this.#isDeaf) this.#waitFor(at, mark);
    });
    const pieces: Piece[] = [];
    for (let next; (next = receiveMessageOnPort(this.#port)) !== undefined;) pieces.push(next.message as Piece);
    return pieces;
  }

  /** An interrupt may have ended an earlier wait: a later mark will do as well. */
  #waitFor(at: number, mark: number): void {
    for (let seen = Atomics.load(this.#seen, at); seen < mark; seen = Atomics.load(this.#seen, at))
      if (Atomics.wait(this.#seen, at, seen, patienceMilliseconds) === "timed-out") return void (this.#isDeaf = true);
  }
}

function replaceDescriptor(descriptor: number, path: string): void {
  closeSync(descriptor);
  const opened = openSync(path, "w");
  if (opened !== descriptor) throw new Error(`descriptor ${descriptor} must be free; got ${opened}`);
}
