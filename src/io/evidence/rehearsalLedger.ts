import { z } from "zod";
import { appendChained, type ChainedKind, type Link, readChained } from "../chainedLedger.js";
import { projectPath } from "../projectPath.js";
import { today } from "../today.js";

/** What was rehearsed, and what that proved, without its date. */
export interface Rehearsed {
  /** Id of the check that it counts for, such as "PI6". */
  readonly check: string;
  /** SHA-256 of what was proved. */
  readonly evidenceSha256: string;
  readonly withinTimeLimit: boolean;
}

/** A rehearsal that took place. */
export interface Rehearsal extends Rehearsed, Link {
  /** ISO date. */
  readonly day: string;
}

/** The project's own ledger. */
export function ownRehearsals(): string {
  return projectPath("data", "evidence", "rehearsals.jsonl");
}

const kind: ChainedKind<Omit<Rehearsal, keyof Link>> = {
  shape: z.strictObject({
    check: z.string().regex(/^[A-Z]{2,4}\d{1,2}$/),
    evidenceSha256: z.string().regex(/^[0-9a-f]{64}$/),
    day: z.iso.date(),
    withinTimeLimit: z.boolean(),
  }),
  line: "a rehearsal",
  entry: "a rehearsal of a check such as PI6, with the SHA-256 of what it proved and a day",
  work: "write down rehearsals here",
};

/**
 * Rehearsals, oldest first, each line held to the one before it. Only those who rehearse write them: what is computed
 * anew gets no new date.
 *
 * @throws InputError naming the first line that is torn, edited or out of place
 */
export async function readRehearsals(path: string = ownRehearsals()): Promise<readonly Rehearsal[]> {
  return readChained(path, kind);
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
  const rehearsed = { check, evidenceSha256, day, withinTimeLimit };
  const all = await appendChained(path, kind, (known) => {
    const newest = newestRehearsal(known, rehearsed);
    return newest?.day === day && newest.withinTimeLimit === withinTimeLimit ? null : rehearsed;
  });
  return newestRehearsal(all, rehearsed)!;
}

/** The newest rehearsal of a check that proved what an evidence says; null where there is none. */
export function newestRehearsal(
  rehearsals: readonly Rehearsal[],
  { check, evidenceSha256 }: Pick<Rehearsed, "check" | "evidenceSha256">,
): Rehearsal | null {
  return rehearsals.findLast((one) => one.check === check && one.evidenceSha256 === evidenceSha256) ?? null;
}
