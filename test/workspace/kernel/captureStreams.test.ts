import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { captureStreams } from "../../../src/workspace/kernel/captureStreams.js";
import type { CapturedStreams } from "../../../src/workspace/kernel/captureStreams.js";
import type { OutputPipe, Piece } from "../../../src/workspace/kernel/OutputPipe.js";

/** A pipe that holds what was written until it is read, or until its thread tells of it by itself. */
class PlayedPipe implements Pick<OutputPipe, "write" | "read" | "listen"> {
  tell: (piece: Piece) => void = () => undefined;
  #pieces: Piece[] = [];

  write(name: Piece["name"], bytes: Uint8Array): boolean {
    this.#pieces.push({ name, text: Buffer.from(bytes).toString() });
    return true;
  }

  read(): Piece[] {
    return this.#pieces.splice(0);
  }

  listen(take: (piece: Piece) => void): void {
    this.tell = take;
  }

  /** What the thread does between two turns of the loop. */
  tellAll(): void {
    for (const piece of this.read()) this.tell(piece);
  }
}

const kept = ["stdout", "stderr"].map((name) => [name, Object.getOwnPropertyDescriptor(process, name)!] as const);
const pipe = new PlayedPipe();
let author: string | null = null;
let published: string[] = [];
let streams: CapturedStreams;

beforeEach(() => {
  published = [];
  const publish = (by: string, name: string, text: string): void => void published.push(`${by} ${name}: ${text}`);
  streams = captureStreams(pipe as unknown as OutputPipe, () => author, publish);
});
afterEach(() => {
  for (const [name, descriptor] of kept) Object.defineProperty(process, name, descriptor);
});

describe("captureStreams", () => {
  it("gives what a cell wrote to that cell, also where the pipe is heard while another runs (it went there)", () => {
    author = "cell 3";
    process.stdout.write("turn 1\n");
    process.stdout.write("turn 2\n");
    author = "cell 4";
    pipe.tellAll();
    streams.flush();
    expect(published).toEqual(["cell 3 stdout: turn 1\n", "cell 3 stdout: turn 2\n"]);
  });

  it("gives what programs write by themselves to the cell that runs", () => {
    author = "cell 4";
    pipe.tell({ name: "stderr", text: "from a child" });
    expect(published).toEqual(["cell 4 stderr: from a child"]);
  });
});
