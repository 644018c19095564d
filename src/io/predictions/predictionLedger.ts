import { existsSync } from "node:fs";
import { z } from "zod";
import { InputError } from "../../core/InputError.js";
import { chainedText, emptyHead, type Link } from "../chainedLedger.js";
import { projectName, projectPath } from "../projectPath.js";
import { readText } from "../readText.js";
import { sha256 } from "../sha256.js";

/** How a model is made again, byte for byte. */
export interface Remaking {
  /** What makes it on the command line. */
  readonly command: string;
  readonly seed: number;
  /** Of the sources that train it (sourceHash). */
  readonly codeSha256: string;
  /** Of the rows that it learned from. */
  readonly dataSha256: string | null;
}

/** How predictions will be judged, laid down before their outcomes exist: a sentence, and the same as plain JSON. */
export interface Judging {
  readonly sentence: string;
  readonly rules: Readonly<Record<string, unknown>>;
}

/** What a model says of one recipe, without the recipe. */
export interface RegisteredRow {
  /** As its file names it. */
  readonly recipe: string;
  /** SHA-256 of the canonical recipe (recipeHash). */
  readonly recipeSha256: string;
  /** Plain JSON. */
  readonly predictions: unknown;
  readonly inDomain: boolean;
  /** In which ways it lies outside of what the model knows, and what else is to be known when it is judged. */
  readonly notes: readonly string[];
}

/** Predictions of one model under one name: what kind of model it is does not matter here. */
export interface Registration {
  readonly name: string;
  /** How the file of recipes is read: what answers it again needs to know. */
  readonly form: string;
  /** Content hash. */
  readonly model: string;
  readonly remaking: Remaking;
  readonly judging: Judging;
  readonly rows: readonly RegisteredRow[];
}

/** A line of the ledger: one recipe, and all that is needed to judge what is said of it. */
export interface LedgerLine extends RegisteredRow, Omit<Registration, "rows">, Link {
  /** Place in the ledger, counted from 1. */
  readonly line: number;
  /** Place in its registration, counted from 1, and how many it has. */
  readonly row: number;
  readonly of: number;
  /** ISO date on which it was registered. */
  readonly day: string;
}

/** A ledger that was read and found whole. */
export interface PredictionLedger {
  readonly lines: readonly LedgerLine[];
  /** Hash of the last line: who knows it knows that nothing before it was changed. */
  readonly head: string;
}

/** The project's own ledger. */
export const ownLedger: string = projectPath("data", "predictions", "ledger.jsonl");

export { emptyHead };

/** A note of a row: what is known already when it is registered is no prediction. */
export const outcomeKnown = "its outcome stood in the file";

/** What a registered name may be: it stands in messages and commands. */
export const registeredName: RegExp = /^[a-z0-9][a-z0-9-]{0,63}$/;

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const place = z.int().positive();
const shape = z.strictObject({
  line: place,
  name: z.string().regex(registeredName),
  row: place,
  of: place,
  day: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  form: z.string(),
  recipe: z.string(),
  recipeSha256: hash,
  predictions: z.unknown(),
  inDomain: z.boolean(),
  notes: z.array(z.string()),
  model: hash,
  remaking: z.strictObject({
    command: z.string(),
    seed: z.int().nonnegative(),
    codeSha256: hash,
    dataSha256: hash.nullable(),
  }),
  judging: z.strictObject({ sentence: z.string(), rules: z.record(z.string(), z.unknown()) }),
  previous: hash,
  sha256: hash,
});

/**
 * A line as it is written, for what stands in it beside its hash.
 *
 * @returns text without a line break
 */
export function ledgerText(line: Omit<LedgerLine, "sha256">): string {
  return chainedText(line);
}

/**
 * The ledger of registered predictions, each line held to the one before it. Where there is none, it is empty. What
 * lines there are is known by the head: that lines were cut off at the end is seen where a registration is no longer
 * whole, or by who knows a later head.
 *
 * @throws InputError naming the first line that is torn, edited, out of place, or behind which lines are missing
 */
export async function readPredictionLedger(path: string = ownLedger): Promise<PredictionLedger> {
  if (!existsSync(path)) return { lines: [], head: emptyHead };
  const texts = (await readText(path)).split("\n");
  const refuse = (line: number, must: string, got: string): never => {
    throw new InputError({
      where: `${projectName(path)}, line ${line}`,
      must,
      got,
      mend: "restore the ledger from git or another copy; nothing registered may be changed",
    });
  };
  const last = texts.pop();
  const lines: LedgerLine[] = [];
  let head = emptyHead;
  const names = new Set<string>();
  for (const [i, text] of texts.entries()) {
    const at = i + 1;
    const line = lineOf(text);
    if (line === null) return refuse(at, "must be a registered prediction", text.slice(0, 60));
    if (line.sha256 !== hashOf(text)) refuse(at, "must have the hash that it says: it was edited", hashOf(text));
    if (line.previous !== head || line.line !== at)
      refuse(
        at,
        `must follow the line before it, of hash ${head.slice(0, 12)}: lines were removed, added or moved`,
        `line ${line.line}, which follows hash ${line.previous.slice(0, 12)}`,
      );
    const before = lines.at(-1);
    const isNext = before !== undefined && before.row < before.of;
    const fits = isNext
      ? line.name === before.name && line.row === before.row + 1 && line.of === before.of
      : line.row === 1 && !names.has(line.name);
    if (!fits)
      refuse(
        at,
        isNext
          ? `must be row ${before.row + 1} of ${before.of} of "${before.name}"`
          : "must begin a registration under a name of its own",
        `row ${line.row} of ${line.of} of "${line.name}"`,
      );
    names.add(line.name);
    lines.push(line);
    head = line.sha256;
  }
  const end = lines.at(-1);
  if (last !== "") refuse(lines.length + 1, "must end with a line break: it is torn", last!.slice(0, 60));
  if (end !== undefined && end.row < end.of)
    refuse(lines.length + 1, `must be row ${end.row + 1} of ${end.of} of "${end.name}"`, "the end of the file");
  return { lines, head };
}

function lineOf(text: string): LedgerLine | null {
  try {
    const parsed = shape.safeParse(JSON.parse(text));
    // As it was read: zod reorders keys, and predictions are compared as they are written.
    return parsed.success ? (JSON.parse(text) as LedgerLine) : null;
  } catch {
    return null;
  }
}

/** Of the text itself: one letter more, though it means nothing, is another line. */
function hashOf(text: string): string {
  return sha256(text.replace(/,"sha256":"[0-9a-f]{64}"\}$/, "}"));
}
