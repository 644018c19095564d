import { existsSync } from "node:fs";
import { z } from "zod";
import { InputError } from "../../core/InputError.js";
import { projectName, projectPath } from "../projectPath.js";
import { readText } from "../readText.js";
import { sha256 } from "../sha256.js";
import { today } from "../today.js";
import { withLock } from "../withLock.js";
import { writeAtomic } from "../writeAtomic.js";

/** What was rehearsed, and what that proved, without its date. */
export interface Rehearsed {
  /** Id of the check that it counts for, such as "PI6". */
  readonly check: string;
  /** SHA-256 of what was proved. */
  readonly evidenceSha256: string;
  readonly withinTimeLimit: boolean;
}

/** A rehearsal that took place. */
export interface Rehearsal extends Rehearsed {
  /** ISO date. */
  readonly day: string;
  /** Hash of the line before; 64 zeros in the first. */
  readonly previous: string;
  /** SHA-256 of the line's text up to here, closed with a brace. */
  readonly sha256: string;
}

/** The project's own ledger. */
export function ownRehearsals(): string {
  return projectPath("data", "evidence", "rehearsals.jsonl");
}

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const shape = z.strictObject({
  check: z.string().regex(/^[A-Z]{2,4}\d{1,2}$/),
  evidenceSha256: hash,
  day: z.iso.date(),
  withinTimeLimit: z.boolean(),
  previous: hash,
  sha256: hash,
});

/**
 * Rehearsals, oldest first, each line held to the one before it. Only those who rehearse write them: what is computed
 * anew gets no new date.
 *
 * @throws InputError naming the first line that is torn, edited or out of place
 */
export async function readRehearsals(path: string = ownRehearsals()): Promise<readonly Rehearsal[]> {
  if (!existsSync(path)) return [];
  const texts = (await readText(path, { keepsMark: true })).split("\n");
  const refuse = (line: number, must: string, got: string): InputError =>
    new InputError({ where: `${projectName(path)}, line ${line}`, must, got, mend: "restore the ledger from git" });
  const last = texts.pop()!;
  let previous = "0".repeat(64);
  const found = texts.map((text, i): Rehearsal => {
    const rehearsal = rehearsalOf(text);
    if (rehearsal === null) throw refuse(i + 1, "must be a rehearsal with the hash that it says", text.slice(0, 60));
    if (rehearsal.previous !== previous)
      throw refuse(
        i + 1,
        `must follow the line before it, of hash ${previous.slice(0, 12)}: lines were removed, added or moved`,
        `one that follows hash ${rehearsal.previous.slice(0, 12)}`,
      );
    previous = rehearsal.sha256;
    return rehearsal;
  });
  if (last !== "") throw refuse(texts.length + 1, "must end with a line break: it is torn", last.slice(0, 60));
  return found;
}

/**
 * Writes down that a check was rehearsed today; what the newest rehearsal says already adds nothing. Whole or not at
 * all; of several at once each waits for the others.
 *
 * @param day  the clock is read here
 * @throws InputError as readRehearsals, or if it is no rehearsal; nothing is written
 */
export async function appendRehearsal(
  path: string,
  { check, evidenceSha256, withinTimeLimit }: Rehearsed,
  day: string = today(),
): Promise<Rehearsal> {
  return withLock(
    `${path}.lock`,
    async () => {
      const known = await readRehearsals(path);
      const rehearsed = { check, evidenceSha256, day, withinTimeLimit };
      const newest = newestRehearsal(known, rehearsed);
      if (newest?.day === day && newest.withinTimeLimit === withinTimeLimit) return newest;
      const text = lineOf({ ...rehearsed, previous: known.at(-1)?.sha256 ?? "0".repeat(64) });
      const rehearsal = rehearsalOf(text);
      if (rehearsal === null)
        throw new InputError({
          where: "appendRehearsal",
          must: "must be a rehearsal of a check such as PI6, with the SHA-256 of what it proved and a day",
          got: text.slice(0, 200),
          mend: "correct it; nothing was written",
        });
      await writeAtomic(path, [...known.map(lineOf), text].map((line) => `${line}\n`).join(""));
      return rehearsal;
    },
    { work: "write down rehearsals here", patience: 60 },
  );
}

/** The newest rehearsal of a check that proved what an evidence says; null where there is none. */
export function newestRehearsal(
  rehearsals: readonly Rehearsal[],
  { check, evidenceSha256 }: Pick<Rehearsed, "check" | "evidenceSha256">,
): Rehearsal | null {
  return rehearsals.findLast((one) => one.check === check && one.evidenceSha256 === evidenceSha256) ?? null;
}

function lineOf({ check, evidenceSha256, day, withinTimeLimit, previous }: Omit<Rehearsal, "sha256">): string {
  const body = JSON.stringify({ check, evidenceSha256, day, withinTimeLimit, previous });
  return `${body.slice(0, -1)},"sha256":"${sha256(body)}"}`;
}

/** Null where it is none, or not written so, to the letter. */
function rehearsalOf(text: string): Rehearsal | null {
  try {
    const parsed = shape.safeParse(JSON.parse(text));
    return parsed.success && lineOf(parsed.data) === text ? parsed.data : null;
  } catch {
    return null;
  }
}
