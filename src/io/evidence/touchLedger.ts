import { existsSync } from "node:fs";
import type { Touch } from "../../core/Touch.js";
import { InputError } from "../../core/InputError.js";
import { projectPath } from "../projectPath.js";
import { readText } from "../readText.js";
import { today } from "../today.js";
import { writeAtomic } from "../writeAtomic.js";

/** A touch with the day on which it was first seen. */
export interface TouchEntry extends Touch {
  /** ISO date. */
  readonly date: string;
}

const name = "data/evidence/touches.jsonl";

/**
 * The append-only ledger of touches of locked tests, oldest first.
 *
 * @throws InputError naming the line that is not an entry
 */
export async function readTouches(): Promise<TouchEntry[]> {
  if (!existsSync(projectPath(name))) return [];
  const lines = (await readText(projectPath(name))).split("\n").filter((line) => line !== "");
  return lines.map((text, index) => {
    const entry = entryOf(text);
    if (entry === null)
      throw new InputError({
        where: `${name}, line ${index + 1}`,
        must: "must be an entry {line, manifest, model, date}",
        got: text.slice(0, 60),
        mend: "restore the ledger from git",
      });
    return entry;
  });
}

/**
 * Writes down that a model is about to be judged on a locked test, and gives all touches so far. A touch that is known
 * (same line, manifest and weights) leaves the file untouched, so running again changes nothing. It goes into the
 * project itself and not into a run's staging folder: a touch counts also where its run fails.
 *
 * @param date  of a new touch; the clock is read here, never in an analysis
 * @throws RangeError if line is empty or a hash is not SHA-256 in hex
 */
export async function recordTouch({ line, manifest, model }: Touch, date: string = today()): Promise<TouchEntry[]> {
  if (line === "")
    throw new RangeError('recordTouch: line must name the model line, for example "phase network"; got ""');
  for (const [what, hash] of Object.entries({ manifest, model })) {
    if (!/^[0-9a-f]{64}$/.test(hash))
      throw new RangeError(`recordTouch: ${what} must be a SHA-256 in hex, 64 digits; got "${hash.slice(0, 70)}"`);
  }
  const known = await readTouches();
  if (known.some((touch) => touch.line === line && touch.manifest === manifest && touch.model === model)) return known;
  const all = [...known, { line, manifest, model, date }];
  await writeAtomic(projectPath(name), all.map((entry) => `${JSON.stringify(entry)}\n`).join(""));
  return all;
}

function entryOf(text: string): TouchEntry | null {
  try {
    const { line, manifest, model, date } = JSON.parse(text) as TouchEntry;
    return [line, manifest, model].every((value) => typeof value === "string") && /^\d{4}-\d{2}-\d{2}$/.test(date)
      ? { line, manifest, model, date }
      : null;
  } catch {
    return null;
  }
}
