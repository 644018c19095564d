import { dirname, join } from "node:path";
import { z } from "zod";
import { InputError } from "../../core/InputError.js";
import { appendChained, type ChainedKind, type Link, parseChained, readChained } from "../chainedLedger.js";
import { committedAt, committedText } from "../gitHistory.js";
import { projectName } from "../projectPath.js";
import { today } from "../today.js";
import { ownLedger, type PredictionLedger } from "./predictionLedger.js";

/** Where a ledger of predictions stood once: nothing up to there may have changed since. */
export interface Anchor {
  /** Hash of its last line. */
  readonly head: string;
  /** How many it had. */
  readonly lines: number;
  /** ISO date on which it was written down. */
  readonly day: string;
}

/** An anchor that stands in a commit. */
export interface CommittedAnchor extends Anchor {
  /** When it was first committed, ISO time; null where the history does not tell. */
  readonly committed: string | null;
}

const kind: ChainedKind<Anchor> = {
  shape: z.strictObject({
    head: z.string().regex(/^[0-9a-f]{64}$/),
    lines: z.int().positive(),
    day: z.iso.date(),
  }),
  line: "an anchor",
  work: "anchor predictions here",
};

/** File of the anchors of a ledger. */
export function anchorsOf(ledger: string = ownLedger): string {
  return join(dirname(ledger), "anchors.jsonl");
}

/** All anchors of a ledger, oldest first, committed or not. @throws InputError as readChained */
export async function readAnchors(ledger: string = ownLedger): Promise<readonly (Anchor & Link)[]> {
  return readChained(anchorsOf(ledger), kind);
}

/**
 * Writes down where a ledger stands; what the newest anchor says already adds nothing. It counts from its commit on.
 *
 * @param day  the clock is read here
 * @throws InputError as readChained, and if the ledger has no line
 */
export async function appendAnchor(
  { lines, head }: PredictionLedger,
  ledger: string = ownLedger,
  day: string = today(),
): Promise<{ readonly anchor: Anchor; readonly isNew: boolean }> {
  if (lines.length === 0)
    throw new InputError({
      where: projectName(ledger),
      must: "must have predictions to anchor",
      got: "none",
      mend: "register some with `twin predict --register NAME`",
    });
  let isNew = false;
  const all = await appendChained(anchorsOf(ledger), kind, (known) => {
    isNew = known.at(-1)?.head !== head;
    return isNew ? { head, lines: lines.length, day } : null;
  });
  return { anchor: all.at(-1)!, isNew };
}

/**
 * Anchors that the last commit has, oldest first: what stands in the file alone, anybody may have changed today.
 *
 * @throws InputError if those that were committed no longer stand in the file
 */
export async function committedAnchors(ledger: string = ownLedger): Promise<readonly CommittedAnchor[]> {
  const path = anchorsOf(ledger);
  const text = await committedText(path);
  if (text === null) return [];
  const committed = parseChained(text, `${projectName(path)}, as committed`, kind);
  const standing = await readChained(path, kind);
  const lost = committed.findIndex(({ sha256 }, i) => standing[i]?.sha256 !== sha256);
  if (lost >= 0)
    throw new InputError({
      where: `${projectName(path)}, line ${lost + 1}`,
      must: `must be the anchor that was committed, of ${committed[lost].day}`,
      got: standing[lost] === undefined ? "none" : "another one",
      mend: "restore it from git; anchors are only added",
    });
  const anchors: CommittedAnchor[] = [];
  for (const { head, lines, day } of committed)
    anchors.push({ head, lines, day, committed: await committedAt(path, head) });
  return anchors;
}

/**
 * Holds a ledger to its anchors: predictions that were changed, moved or dropped since are found, even where all
 * hashes behind them were made anew. Lines behind the last anchor are not held by anything.
 *
 * @throws InputError naming the oldest anchor that no longer holds
 */
export function requireAnchored(
  { lines }: Pick<PredictionLedger, "lines">,
  anchors: readonly Anchor[],
  where: string,
): void {
  const broken = anchors.find((anchor) => lines[anchor.lines - 1]?.sha256 !== anchor.head);
  if (broken === undefined) return;
  const there = lines[broken.lines - 1]?.sha256;
  throw new InputError({
    where: `${where}, line ${broken.lines}`,
    must:
      `must have hash ${broken.head.slice(0, 12)}, as anchored on ${broken.day}: ` +
      "predictions were changed, moved or dropped since",
    got: there === undefined ? `${lines.length} lines` : `hash ${there.slice(0, 12)}`,
    mend: "restore the ledger from git or another copy; nothing registered may be changed",
  });
}
