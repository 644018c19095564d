import { createReadStream, fstatSync } from "node:fs";
import { constants, type FileHandle, open, readdir, truncate } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "../../core/InputError.js";
import { ensureFolder } from "../ensureFolder.js";
import { now } from "../now.js";
import { projectName } from "../projectPath.js";
import { syncFolder } from "../syncFolder.js";
import { asReadError, asWriteError } from "../systemRefusal.js";
import { withLock } from "../withLock.js";
import { writeInGroups } from "../writeInGroups.js";
import { headOf, isSealed, type LineHead, sealedLine } from "./logLine.js";

/** Where a line stands in a log. */
export interface LinePlace {
  readonly segment: number;
  /** Bytes before it, and its own without the line break. */
  readonly start: number;
  readonly length: number;
}

/** A log that can be added to. What was added is never changed. */
export interface RequestLog {
  /**
   * Adds a line behind those that were added before.
   *
   * @param options.bodies     by name, texts of JSON of one line, as sealedLine takes them
   * @param options.onDurable  called once the line is on the disk, in the order of the lines, before others know
   * @returns when the line is on the disk
   * @throws InputError if it cannot be written: then it is not in the log, and will not be
   */
  readonly append: (head: LineHead, options?: AppendOptions) => Promise<LinePlace>;
  /** The bytes of a line. @throws InputError if it is not there as it was written */
  readonly read: (place: LinePlace) => Promise<Uint8Array>;
  /** Whether a line can be added, as far as that is known; after a failure a new segment is tried. */
  readonly isWritable: () => Promise<boolean>;
  /** Writes what waits, and lets others have the folder. */
  readonly close: () => Promise<void>;
}

export interface AppendOptions {
  readonly bodies?: Readonly<Record<string, Uint8Array>>;
  readonly onDurable?: (place: LinePlace) => void;
}

export interface RequestLogOptions {
  /** Names that bodies may have. */
  readonly bodies: readonly string[];
  /** Takes the head of every line that stands there, from the first. */
  readonly onLine: (head: LineHead, place: LinePlace) => void;
  /** Takes what was dropped of a segment that a killed process left. */
  readonly onWarning?: (warning: string) => void;
  /** Takes how many seconds it took to bring how many lines to the disk. */
  readonly onSync?: (seconds: number, lines: number) => void;
  /** A segment that has so many bytes gets no more lines (default 64 MiB). */
  readonly segmentBytes?: number;
}

interface Added {
  readonly line: Buffer;
  readonly onDurable: ((place: LinePlace) => void) | undefined;
}

/** An open segment, and how many of its bytes are on the disk. */
interface Segment {
  readonly number: number;
  readonly file: FileHandle;
  durable: number;
}

const segmentName = /^requests-(\d{6,})\.jsonl$/;
const nameOf = (number: number): string => `requests-${String(number).padStart(6, "0")}.jsonl`;

/** Milliseconds after a failure before a new segment is tried. */
const pause = 1000;

/**
 * Opens a folder of JSON lines to add to. Lines are written in groups, so that many who wait share one fsync. Each line
 * carries its hash; one that a killed process left half written is cut off, and told. One process at a time may have a
 * folder.
 *
 * @throws InputError if another process has the folder, nothing can be written there, or a line before the last one is
 *   damaged
 */
export async function openRequestLog(
  folder: string,
  {
    bodies,
    onLine,
    onWarning = () => undefined,
    onSync = () => undefined,
    segmentBytes = 64 * 1024 * 1024,
  }: RequestLogOptions,
): Promise<RequestLog> {
  await ensureFolder(folder);
  const release = await holdFolder(folder);
  let segment: Segment;
  try {
    const numbers = await segmentsOf(folder);
    for (const number of numbers) await readSegment(folder, number, { bodies, onLine, onWarning });
    segment = await openSegment(folder, numbers.at(-1) ?? 1);
  } catch (error) {
    await release();
    throw error;
  }
  let failure: { readonly error: unknown; readonly at: number } | null = null;

  const bringToDisk = async (group: readonly Added[]): Promise<readonly LinePlace[]> => {
    if (segment.durable >= segmentBytes) {
      const next = await openSegment(folder, segment.number + 1);
      await segment.file.close();
      segment = next;
    }
    const { file, number } = segment;
    await writeThrough(file, group.length === 1 ? group[0].line : Buffer.concat(group.map(({ line }) => line)));
    // A file that was removed takes what is written, and forgets it.
    if (fstatSync(file.fd).nlink === 0)
      throw Object.assign(new Error("the segment was removed"), { code: "ENOENT", syscall: "write" });
    return group.map(({ line }): LinePlace => {
      const start = segment.durable;
      segment.durable += line.length;
      return { segment: number, start, length: line.length - 1 };
    });
  };
  const { add, settled } = writeInGroups<Added, LinePlace>(async (group) => {
    if (failure !== null) throw failure.error;
    const before = performance.now();
    try {
      const places = await bringToDisk(group);
      group.forEach(({ onDurable }, i) => onDurable?.(places[i]));
      onSync((performance.now() - before) / 1000, group.length);
      return places;
    } catch (thrown) {
      const error = asWriteError(join(folder, nameOf(segment.number)), thrown);
      failure = { error, at: performance.now() };
      throw error;
    }
  });
  let mending: Promise<void> | null = null;
  /** What was written and not acknowledged is cut off, and a new segment begun. */
  const mend = async (): Promise<void> => {
    try {
      if (fstatSync(segment.file.fd).nlink > 0) await segment.file.truncate(segment.durable);
      const next = await openSegment(folder, segment.number + 1);
      await segment.file.close();
      segment = next;
      failure = null;
    } catch (thrown) {
      failure = { error: asWriteError(folder, thrown), at: performance.now() };
    } finally {
      mending = null;
    }
  };
  const ready = async (): Promise<void> => {
    if (failure !== null && performance.now() - failure.at >= pause) await (mending ??= mend());
    if (failure !== null) throw failure.error;
  };
  return {
    append(head, { bodies: own, onDurable } = {}) {
      const line = sealedLine({ ...head, at: now() }, own);
      const added = { line, onDurable };
      return failure === null ? add(added) : ready().then(() => add(added));
    },
    read: (place) => readLine(folder, place),
    async isWritable() {
      try {
        await ready();
        return fstatSync(segment.file.fd).nlink > 0;
      } catch {
        return false;
      }
    },
    async close() {
      await settled();
      await segment.file.close();
      await release();
    },
  };
}

/** Keeps other processes out of a folder until it is let go. */
async function holdFolder(folder: string): Promise<() => Promise<void>> {
  return new Promise((resolve, reject) => {
    const held = withLock(
      join(folder, "writer.lock"),
      () => new Promise<void>((letGo) => resolve(() => (letGo(), held))),
      { work: "write this log of requests" },
    );
    held.catch(reject);
  });
}

async function segmentsOf(folder: string): Promise<number[]> {
  const numbers = (await readdir(folder)).flatMap((name) => {
    const [, number] = segmentName.exec(name) ?? [];
    return number === undefined ? [] : [Number(number)];
  });
  return numbers.sort((a, b) => a - b);
}

/** Writes that are on the disk when they are done take one way to it, not two; systems without them give 0. */
const syncing: number = (constants as { readonly O_DSYNC?: number }).O_DSYNC ?? 0;

async function writeThrough(file: FileHandle, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length;) at += (await file.write(bytes, at)).bytesWritten;
  if (syncing === 0) await file.datasync();
}

async function openSegment(folder: string, number: number): Promise<Segment> {
  const path = join(folder, nameOf(number));
  try {
    const file = await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND | syncing);
    await syncFolder(folder);
    return { number, file, durable: (await file.stat()).size };
  } catch (error) {
    throw asWriteError(path, error);
  }
}

/** Reads lines up to the end, and cuts off what is half written there. */
async function readSegment(
  folder: string,
  segment: number,
  { bodies, onLine, onWarning }: Required<Pick<RequestLogOptions, "bodies" | "onLine" | "onWarning">>,
): Promise<void> {
  const path = join(folder, nameOf(segment));
  let [start, line] = [0, 0];
  let broken: { readonly start: number; readonly line: number } | null = null;
  for await (const { bytes, isWhole } of linesOf(path)) {
    line++;
    if (!isWhole || !isSealed(bytes)) broken ??= { start, line };
    else if (broken === null) onLine(headOf(bytes, bodies), { segment, start, length: bytes.length });
    else
      throw new InputError({
        where: `${projectName(path)}, line ${broken.line}`,
        must: "must be a line with the hash that it says: only the last ones may be half written",
        got: "one that was damaged, with whole ones behind it",
        mend: "restore the file from a copy, or move it out of the folder: its requests are then forgotten",
      });
    start += bytes.length + 1;
  }
  if (broken === null) return;
  const end = broken.start;
  await truncate(path, end).catch((error: unknown) => {
    throw asWriteError(path, error);
  });
  onWarning(
    `${projectName(path)}, line ${broken.line}: half written when its process was killed, and never acknowledged: ` +
      "it was cut off",
  );
}

async function* linesOf(
  path: string,
): AsyncGenerator<{ readonly bytes: Buffer; readonly isWhole: boolean }, void, undefined> {
  let rest: Buffer[] = [];
  try {
    for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 })) {
      let from = 0;
      const bytes = piece as Buffer;
      for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, from)) {
        rest.push(bytes.subarray(from, at));
        yield { bytes: rest.length === 1 ? rest[0] : Buffer.concat(rest), isWhole: true };
        rest = [];
        from = at + 1;
      }
      if (from < bytes.length) rest.push(bytes.subarray(from));
    }
  } catch (error) {
    throw asReadError(path, error);
  }
  if (rest.length > 0) yield { bytes: Buffer.concat(rest), isWhole: false };
}

async function readLine(folder: string, { segment, start, length }: LinePlace): Promise<Uint8Array> {
  const path = join(folder, nameOf(segment));
  try {
    const file = await open(path, "r");
    try {
      const bytes = Buffer.alloc(length);
      const { bytesRead } = await file.read(bytes, 0, length, start);
      if (bytesRead === length && isSealed(bytes)) return bytes;
    } finally {
      await file.close();
    }
  } catch (error) {
    throw asReadError(path, error);
  }
  throw new InputError({
    where: `${projectName(path)}, byte ${start}`,
    must: "must be the line that was written there",
    got: "another one",
    mend: "restore the file from a copy",
  });
}
