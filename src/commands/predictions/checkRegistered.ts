import { existsSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../../core/InputError.js";
import { keptModels } from "../../io/predictions/keepModel.js";
import {
  type LedgerLine,
  ownLedger,
  readPredictionLedger,
  type Registration,
} from "../../io/predictions/predictionLedger.js";
import { differenceOf } from "../../io/predictions/registerPredictions.js";
import { projectName } from "../../io/projectPath.js";
import type { CsvOptions } from "../../io/tables/csv/CsvOptions.js";
import type { MapOptions } from "../tableOptions.js";
import type { ModelPlace } from "../predict/findModel.js";
import { modelKind } from "../predict/modelKind.js";
import { storedModel } from "../predict/readyModel.js";
import { answerAgain } from "./answerAgain.js";

/** A registered name. */
export interface RegisteredName {
  readonly name: string;
  readonly day: string;
  readonly form: string;
  readonly predictions: number;
  readonly model: string;
  /** Whether its model stands beside the ledger, byte for byte as its hash says. */
  readonly isKept: boolean;
  /** What is wrong with the model that stands there; null where it is whole, or none does. */
  readonly damage: string | null;
  readonly command: string;
}

/** How registered predictions stand to what their model says today. */
export interface AnsweredAgain {
  readonly name: string;
  readonly file: string;
  /** Predictions that are the registered ones, byte for byte. */
  readonly equal: number;
  readonly different: readonly { readonly line: number; readonly recipe: string; readonly difference: string }[];
}

/** A ledger that was read and found whole. */
export interface LedgerCheck {
  readonly ledger: string;
  /** False of the project's own as long as nothing is registered. */
  readonly exists: boolean;
  readonly lines: number;
  readonly head: string;
  readonly names: readonly RegisteredName[];
  /** Null where no recipes were given. */
  readonly answeredAgain: AnsweredAgain | null;
}

/** Which ledger is read, whose recipes are answered again, and how their file is read. */
export interface CheckRegisteredOptions extends CsvOptions, Pick<MapOptions, "columns" | "reagents"> {
  /** Registered name whose recipes are answered again. */
  readonly name?: string;
  /** Its recipes. */
  readonly file?: string;
  /** Default that of the project. */
  readonly ledger?: string;
  /** Head that the ledger had once: nothing before it may have changed. */
  readonly head?: string;
}

/**
 * Reads the ledger of registered predictions, which must be whole, and all bytes of the models beside it. With the file
 * of recipes of a registered name, their model answers again, and what it says is compared byte for byte.
 *
 * @throws InputError if the ledger is named and not there, is damaged, never had that head, or does not have the name;
 *   if the model or the file cannot be read
 */
export async function checkRegistered({
  name,
  file,
  ledger: given,
  head: known,
  ...reading
}: CheckRegisteredOptions = {}): Promise<LedgerCheck> {
  const ledger = given ?? ownLedger;
  const exists = existsSync(ledger);
  if (given !== undefined && !exists)
    throw new InputError({
      where: projectName(ledger),
      must: "must be a ledger",
      got: "no file",
      mend: "correct --ledger",
    });
  const { lines, head } = await readPredictionLedger(ledger);
  if (known !== undefined && !lines.some(({ sha256 }) => sha256 === known))
    throw new InputError({
      where: projectName(ledger),
      must: `must have a line of hash ${known}`,
      got: `${lines.length} lines, the last of hash ${head}`,
      mend: "restore the ledger from git or another copy; nothing registered may be changed",
    });
  const names: RegisteredName[] = [];
  for (const { row, name: own, day, form, of, model, remaking } of lines) {
    if (row !== 1) continue;
    const place = { directory: keptModels(ledger), name: model };
    const damage = existsSync(join(place.directory, model)) ? await damageOf(place) : null;
    const isKept = damage === null && existsSync(join(place.directory, model));
    names.push({ name: own, day, form, predictions: of, model, isKept, damage, command: remaking.command });
  }
  return {
    ledger: projectName(ledger),
    exists,
    lines: lines.length,
    head,
    names,
    answeredAgain: name === undefined ? null : await compared(name, file, { ledger, lines, names, reading }),
  };
}

/** What keeps a model from being read as the one that its folder is named after; null where nothing does. */
async function damageOf(place: ModelPlace): Promise<string | null> {
  try {
    const kind = modelKind(place);
    if (kind === "platelets") {
      const { loadPlatelets } = await import("../../problems/platelets/storedPlatelets.js");
      await loadPlatelets(place.directory, place.name);
    } else if (kind === "crystallisation") {
      const { loadCrystallisation } = await import("../../problems/crystallisation/storedCrystallisation.js");
      await loadCrystallisation(place.directory, place.name);
    } else await storedModel(place);
    return null;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.message;
  }
}

async function compared(
  name: string,
  file: string | undefined,
  {
    ledger,
    lines,
    names,
    reading,
  }: {
    readonly ledger: string;
    readonly lines: readonly LedgerLine[];
    readonly names: LedgerCheck["names"];
    readonly reading: CheckRegisteredOptions;
  },
): Promise<AnsweredAgain> {
  const own = lines.filter((line) => line.name === name);
  if (own.length === 0)
    throw new InputError({
      where: "twin predictions check",
      must: `must be a registered name: ${names.map((one) => one.name).join(", ") || "none is"}`,
      got: `"${name}"`,
      mend: "correct the name",
    });
  if (file === undefined)
    throw new InputError({
      where: "twin predictions check",
      must: "must be given the file of the recipes, which the ledger does not hold",
      got: "a name alone",
      mend: `write twin predictions check ${name} FILE`,
    });
  const { model, form } = own[0];
  const again = await answerAgain(file, { name, model, form, ledger, reading });
  return { name, file, ...comparison(own, again.rows) };
}

function comparison(
  lines: readonly LedgerLine[],
  rows: Registration["rows"],
): Pick<AnsweredAgain, "equal" | "different"> {
  const byRecipe = new Map(rows.map((row) => [row.recipe, row]));
  const different = lines.flatMap((line) => {
    const row = byRecipe.get(line.recipe);
    const difference = row === undefined ? "not answered from this file" : differenceOf(line, row);
    return difference === null ? [] : [{ line: line.line, recipe: line.recipe, difference }];
  });
  return { equal: lines.length - different.length, different };
}
