import { checkJson } from "../../core/checkJson.js";
import { InputError } from "../../core/InputError.js";
import { readText } from "../readText.js";
import { today } from "../today.js";
import { withLock } from "../withLock.js";
import { writeAtomic } from "../writeAtomic.js";
import {
  type LedgerLine,
  ledgerText,
  outcomeKnown,
  ownLedger,
  readPredictionLedger,
  type RegisteredRow,
  registeredName,
  type Registration,
} from "./predictionLedger.js";

/** What became of a registration. */
export interface Registered {
  readonly name: string;
  /** Lines that the ledger has of it. */
  readonly lines: number;
  /** Whether they were added now; false where the same predictions stood there. */
  readonly isNew: boolean;
  /** Lines of recipes whose outcome stood in the file when they were registered. */
  readonly known: number;
  readonly day: string;
  /** Hash of the ledger's last line. */
  readonly head: string;
}

/** More are no test that somebody will carry out. */
const mostRows = 10_000;

/** Seconds to wait for others that register meanwhile. */
const patience = 60;

/**
 * Appends predictions to the ledger, whole or not at all: a killed process leaves the old ledger, and of several that
 * register at once each waits for the others. The same predictions of the same model under a name that is there add
 * nothing.
 *
 * @param options.ledger   file of the ledger (default the project's own)
 * @param options.day      of registration; the clock is read here
 * @param options.prepare  what must be done before lines stand, such as to keep the model that they name
 * @throws InputError if the name stands for other predictions, or the ledger is damaged: nothing is written
 * @throws RangeError if predictions are not plain JSON
 */
export async function registerPredictions(
  registration: Registration,
  {
    ledger = ownLedger,
    day = today(),
    prepare = () => Promise.resolve(),
  }: {
    readonly ledger?: string;
    readonly day?: string;
    readonly prepare?: () => Promise<unknown>;
  } = {},
): Promise<Registered> {
  check(registration);
  return withLock(
    `${ledger}.lock`,
    async () => {
      const { lines, head } = await readPredictionLedger(ledger);
      const known = lines.filter(({ name }) => name === registration.name);
      if (known.length > 0) {
        requireEqual(known, registration);
        await prepare();
        return {
          name: registration.name,
          lines: known.length,
          isNew: false,
          known: countKnown(known),
          day: known[0].day,
          head,
        };
      }
      const texts: string[] = [];
      let previous = head;
      for (const [i, row] of registration.rows.entries()) {
        const text = ledgerText(lineOf(registration, row, { i, day, before: lines.length, previous }));
        previous = (JSON.parse(text) as LedgerLine).sha256;
        texts.push(`${text}\n`);
      }
      await prepare();
      const standing = lines.length === 0 ? "" : await readText(ledger);
      await writeAtomic(ledger, standing + texts.join(""));
      return {
        name: registration.name,
        lines: texts.length,
        isNew: true,
        known: countKnown(registration.rows),
        day,
        head: previous,
      };
    },
    { work: "register predictions here", patience },
  );
}

function countKnown(rows: readonly RegisteredRow[]): number {
  return rows.filter(({ notes }) => notes.includes(outcomeKnown)).length;
}

function check({ name, rows, judging }: Registration): void {
  const refuse = (must: string, got: string, mend: string): never => {
    throw new InputError({ where: "--register", must, got, mend });
  };
  if (!registeredName.test(name))
    refuse(
      "must be a name of small letters, digits and hyphens, at most 64",
      JSON.stringify(name),
      "write for example spring-2027-plates",
    );
  if (rows.length === 0) refuse("must have predictions", "none", "mend the recipes that are refused");
  requireFew(rows.length);
  const seen = new Set<string>();
  for (const { recipe } of rows) {
    if (seen.has(recipe)) refuse("must have one prediction for each recipe", `"${recipe}" twice`, "give each its name");
    seen.add(recipe);
  }
  checkJson(judging, "registerPredictions: judging");
  rows.forEach(({ predictions }, i) => checkJson(predictions, `registerPredictions: row ${i + 1}`));
}

/** @throws InputError if recipes are more than are registered at once */
export function requireFew(recipes: number): void {
  if (recipes > mostRows)
    throw new InputError({
      where: "--register",
      must: `must be of at most ${mostRows} recipes`,
      got: String(recipes),
      mend: "register those that will be carried out",
    });
}

/** In the order in which a reader asks. */
function lineOf(
  { name, form, model, remaking, judging, rows }: Registration,
  { recipe, recipeSha256, predictions, inDomain, notes }: RegisteredRow,
  place: { readonly i: number; readonly day: string; readonly before: number; readonly previous: string },
): Omit<LedgerLine, "sha256"> {
  return {
    line: place.before + place.i + 1,
    name,
    row: place.i + 1,
    of: rows.length,
    day: place.day,
    form,
    recipe,
    recipeSha256,
    predictions,
    inDomain,
    notes,
    model,
    remaking: {
      command: remaking.command,
      seed: remaking.seed,
      codeSha256: remaking.codeSha256,
      dataSha256: remaking.dataSha256,
    },
    judging: { sentence: judging.sentence, rules: judging.rules },
    previous: place.previous,
  };
}

/** Code may have changed since: what it says of the recipes may not. */
function requireEqual(known: readonly LedgerLine[], { name, form, model, judging, rows }: Registration): void {
  const refuse = (got: string): never => {
    throw new InputError({
      where: `--register ${name}`,
      must: `must be a new name, or that of the same predictions: it was registered on ${known[0].day}`,
      got,
      mend: "register under another name; what is registered stays",
    });
  };
  if (known[0].model !== model) refuse(`model ${model.slice(0, 12)} in place of ${known[0].model.slice(0, 12)}`);
  if (known[0].form !== form) refuse(`form "${form}" in place of "${known[0].form}"`);
  if (JSON.stringify(known[0].judging) !== JSON.stringify({ sentence: judging.sentence, rules: judging.rules }))
    refuse("another rule of judging");
  if (known.length !== rows.length) refuse(`${rows.length} recipes in place of ${known.length}`);
  const other = known.findIndex((line, i) => differenceOf(line, rows[i]) !== null);
  if (other >= 0) refuse(`${differenceOf(known[other], rows[other])} of recipe "${rows[other].recipe}"`);
}

/**
 * In what a prediction differs from the registered one, byte for byte; null where in nothing. That an outcome stands in
 * the file by now is none.
 */
export function differenceOf(line: RegisteredRow, row: RegisteredRow): string | null {
  if (line.recipe !== row.recipe) return `place ("${line.recipe}" stands there)`;
  if (line.recipeSha256 !== row.recipeSha256) return "another recipe";
  if (JSON.stringify(line.predictions) !== JSON.stringify(row.predictions)) return "other predictions";
  const notes = (own: RegisteredRow): string => JSON.stringify(own.notes.filter((note) => note !== outcomeKnown));
  if (line.inDomain !== row.inDomain || notes(line) !== notes(row)) return "other notes";
  return null;
}
