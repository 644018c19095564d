import { existsSync } from "node:fs";
import type { z } from "zod";
import { InputError } from "../core/InputError.js";
import { projectName } from "./projectPath.js";
import { readText } from "./readText.js";
import { sha256 } from "./sha256.js";
import { withLock } from "./withLock.js";
import { writeAtomic } from "./writeAtomic.js";

/** What holds a line of a ledger to the one before it. */
export interface Link {
  /** Hash of the line before; 64 zeros in the first. */
  readonly previous: string;
  /** SHA-256 of the line's text up to here, closed with a brace. */
  readonly sha256: string;
}

/** A ledger of JSON lines, each with the hash of the one before it. */
export interface ChainedKind<Entry extends object> {
  /** Of a line without its link; fields are written in this order. */
  readonly shape: z.ZodType<Entry>;
  /** A line of it, for messages: "a rehearsal". */
  readonly line: string;
  /** What is refused as one, for messages (default `line`). */
  readonly entry?: string;
  /** What only one process at a time may do: "write down rehearsals here". */
  readonly work: string;
}

/** Of a ledger without lines. */
export const emptyHead: string = "0".repeat(64);

/**
 * Text of a line for what stands in it, whose last field is the hash of the line before.
 *
 * @returns without a line break
 */
export function chainedText(body: object): string {
  const text = JSON.stringify(body);
  return `${text.slice(0, -1)},"sha256":"${sha256(text)}"}`;
}

/**
 * Lines of a ledger, oldest first, each held to the one before it; none where there is no file.
 *
 * @throws InputError naming the first line that is torn, edited or out of place
 */
export async function readChained<Entry extends object>(
  path: string,
  kind: ChainedKind<Entry>,
): Promise<readonly (Entry & Link)[]> {
  if (!existsSync(path)) return [];
  return parseChained(await readText(path, { keepsMark: true }), projectName(path), kind);
}

/**
 * The same of a text.
 *
 * @param where  file, for messages
 * @throws InputError as readChained
 */
export function parseChained<Entry extends object>(
  text: string,
  where: string,
  kind: ChainedKind<Entry>,
): readonly (Entry & Link)[] {
  const texts = text.split("\n");
  const refuse = (line: number, must: string, got: string): InputError =>
    new InputError({ where: `${where}, line ${line}`, must, got, mend: "restore the ledger from git" });
  const last = texts.pop()!;
  let previous = emptyHead;
  const found = texts.map((one, i): Entry & Link => {
    const line = lineOf(one, kind);
    if (line === null) throw refuse(i + 1, `must be ${kind.line} with the hash that it says`, one.slice(0, 60));
    if (line.previous !== previous)
      throw refuse(
        i + 1,
        `must follow the line before it, of hash ${previous.slice(0, 12)}: lines were removed, added or moved`,
        `one that follows hash ${line.previous.slice(0, 12)}`,
      );
    previous = line.sha256;
    return line;
  });
  if (last !== "") throw refuse(texts.length + 1, "must end with a line break: it is torn", last.slice(0, 60));
  return found;
}

/**
 * Appends a line, whole or not at all; of several who write at once each waits for the others.
 *
 * @param add  sees the ledger and gives what is written down now; null adds nothing
 * @returns the ledger as it stands then
 * @throws InputError as readChained, or if it is no such line; nothing is written
 */
export async function appendChained<Entry extends object>(
  path: string,
  kind: ChainedKind<Entry>,
  add: (known: readonly (Entry & Link)[]) => Entry | null,
): Promise<readonly (Entry & Link)[]> {
  return withLock(
    `${path}.lock`,
    async () => {
      const known = await readChained(path, kind);
      const entry = add(known);
      if (entry === null) return known;
      const parsed = kind.shape.safeParse(entry);
      const text = chainedText({ ...(parsed.data ?? entry), previous: known.at(-1)?.sha256 ?? emptyHead });
      const line = lineOf(text, kind);
      if (line === null)
        throw new InputError({
          where: projectName(path),
          must: `must be ${kind.entry ?? kind.line}`,
          got: text.slice(0, 200),
          mend: "correct it; nothing was written",
        });
      const standing = known.length === 0 ? "" : await readText(path);
      await writeAtomic(path, `${standing}${text}\n`);
      return [...known, line];
    },
    { work: kind.work, patience: 60 },
  );
}

/** Null where it is none, or not written so, to the letter. */
function lineOf<Entry extends object>(text: string, { shape }: ChainedKind<Entry>): (Entry & Link) | null {
  try {
    const { previous, sha256: own, ...rest } = JSON.parse(text) as Link;
    const parsed = shape.safeParse(rest);
    if (!parsed.success || !/^[0-9a-f]{64}$/.test(previous)) return null;
    return chainedText({ ...parsed.data, previous }) === text ? { ...parsed.data, previous, sha256: own } : null;
  } catch {
    return null;
  }
}
