import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { LineHead } from "../requests/logLine.js";
import { asReadError } from "../systemRefusal.js";
import { ownerOf } from "../withTemporary.js";
import { type FollowedLines, followLines } from "./followLines.js";

/** What a heart says that beats no more, and why its writer needs none. */
export const endedBeat: string = "ended".padEnd(12);

/** Where things are in a folder that several processes share. */
export const placesOf = (folder: string): Readonly<Record<"writers" | "claims" | "ended" | "kept", string>> => ({
  writers: join(folder, "writers"),
  claims: join(folder, "claims"),
  ended: join(folder, "ended"),
  kept: join(folder, "kept"),
});

export interface FollowOptions {
  /** A heart that has not beaten for so long, by the clock of who looks, is taken to have stopped. */
  readonly staleMilliseconds: number;
  readonly onWarning: (warning: string) => void;
  /** Whether there may be none yet, as the first process ended before it made their folder (default false). */
  readonly mayBeMissing?: boolean;
  /** Milliseconds of a clock that only runs forward (default the process's own). */
  readonly now?: () => number;
}

/** Reads what writers of a folder have said, and whether they still live. */
export interface Writers {
  /**
   * Reads what is new.
   *
   * @throws InputError if a line is damaged that has others behind it, or the folder cannot be read
   */
  readonly look: () => Promise<void>;
  /** What a writer said of a piece of work; null where nothing. */
  readonly lineOf: (writer: string, number: number) => LineHead | null;
  /** Number above all of which a writer said something. */
  readonly above: () => number;
  /** Lines that are of no piece of work. */
  readonly notes: () => readonly LineHead[];
  readonly isDead: (writer: string) => boolean;
}

interface Writer {
  readonly lines: FollowedLines;
  readonly said: Map<number, LineHead>;
  beat: string;
  /** When its heart was last seen to beat. */
  since: number;
  /** Nothing comes any more. */
  isClosed: boolean;
  isDead: boolean;
}

/** @see openWorkFolder, which writes such a folder */
export function followWriters(
  folder: string,
  { staleMilliseconds, onWarning, mayBeMissing = false, now = () => performance.now() }: FollowOptions,
): Writers {
  const { writers: place } = placesOf(folder);
  const writers = new Map<string, Writer>();
  const notes: LineHead[] = [];
  let above = 0;

  const lookAt = async (name: string, writer: Writer): Promise<void> => {
    const beat = await readFile(join(place, `${name}.beat`), "utf8").catch(() => writer.beat);
    if (beat !== writer.beat) {
      writer.beat = beat;
      writer.since = now();
    }
    // Whether the number of a process is still in use counts only where it is this machine's.
    const hasEnded = beat === endedBeat || ownerOf(name) === "ended";
    writer.isDead = hasEnded || now() - writer.since >= staleMilliseconds;
    for (const head of await writer.lines.read())
      if (typeof head.trial === "number") {
        writer.said.set(head.trial, head);
        above = Math.max(above, head.trial + 1);
      } else notes.push(head);
    // Lines were read after its end was known: these are all.
    writer.isClosed = hasEnded;
    const cut = writer.lines.cut();
    if (hasEnded && cut !== null) onWarning(cut);
  };
  const lookAtAll = async (): Promise<void> => {
    const names = await readdir(place).catch((error: unknown): string[] => {
      if (mayBeMissing && (error as NodeJS.ErrnoException).code === "ENOENT") return [];
      throw asReadError(place, error);
    });
    for (const file of names.sort()) {
      if (!file.endsWith(".jsonl")) continue;
      const name = file.slice(0, -".jsonl".length);
      const known = writers.get(name) ?? {
        lines: followLines(join(place, file)),
        said: new Map<number, LineHead>(),
        beat: "",
        since: now(),
        isClosed: false,
        isDead: false,
      };
      writers.set(name, known);
      if (!known.isClosed) await lookAt(name, known);
    }
  };
  let last: Promise<void> = Promise.resolve();
  return {
    // One after the other: each begins where the one before it ended.
    look: () => (last = last.catch(() => undefined).then(lookAtAll)),
    lineOf: (writer, number) => writers.get(writer)?.said.get(number) ?? null,
    above: () => above,
    notes: () => notes,
    // One whose file was removed is as good as dead.
    isDead: (writer) => writers.get(writer)?.isDead ?? true,
  };
}

/** Who stands where in a row of names that are given once, and passed on where an owner has left. */
export interface Standing {
  /** Null where the next name is free. */
  readonly owner: string | null;
  readonly path: string;
}

/**
 * First of the names NUMBER.1, NUMBER.2 and so on in a folder that is free, or whose owner holds it still.
 *
 * @param hasLeft  whether an owner no longer does
 */
export async function standingName(
  folder: string,
  number: number,
  hasLeft: (owner: string) => boolean,
): Promise<Standing> {
  for (let place = 1; ; place++) {
    const path = join(folder, `${number}.${place}`);
    const owner = await readFile(path, "utf8").catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
      throw asReadError(path, error);
    });
    if (owner === null || !hasLeft(owner)) return { owner, path };
  }
}

/**
 * What came of a piece of work, as all agree: what the first writer said whose name it was linked to. A writer that
 * died before it could do so has said it all the same.
 *
 * @param settle  links a claim to the name of what has ended; null for one who only reads
 */
export async function settledLine(
  folder: string,
  number: number,
  writers: Writers,
  settle: ((claim: string, ended: string) => Promise<unknown>) | null,
): Promise<LineHead | null> {
  const { claims, ended } = placesOf(folder);
  for (;;) {
    const settled = await standingName(
      ended,
      number,
      (owner) => writers.lineOf(owner, number) === null && writers.isDead(owner),
    );
    if (settled.owner !== null) return writers.lineOf(settled.owner, number);
    const said = await standingName(
      claims,
      number,
      (owner) => writers.lineOf(owner, number) === null || !writers.isDead(owner),
    );
    if (said.owner === null) return null;
    if (settle === null) return writers.lineOf(said.owner, number);
    await settle(said.path, settled.path);
  }
}
