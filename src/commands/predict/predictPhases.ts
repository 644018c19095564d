import { groupedDigits } from "../../core/groupedDigits.js";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { InputError } from "../../core/InputError.js";
import type { Table } from "../../core/Table.js";
import { projectName } from "../../io/projectPath.js";
import type { CsvOptions } from "../../io/tables/csv/CsvOptions.js";
import type { TableFault } from "../../io/tables/TableFault.js";
import type { TableLimits } from "../../io/tables/tableLimits.js";
import { recipeReader } from "../recipeReader.js";
import { requireOtherFile } from "../requireOtherFile.js";
import { csvOptionsOf, limitsOf, type MapOptions } from "../tableOptions.js";
import { adviserOf } from "./adviser.js";
import type { AdvisedAnswer, BatchAnswer, BatchWish, RecipeBatch } from "./answerBatch.js";
import { answeredBatches } from "./answeredBatches.js";
import { findModel } from "./findModel.js";
import { keepRegistered, type RegistrationKeeper } from "./keepRegistered.js";
import { adviceWanted, type PhasePredictions, predictionsOf } from "./phasePredictions.js";
import { readyModel, storedModel } from "./readyModel.js";
import { isOneRecipe, recipeBatches } from "./recipeBatches.js";
import type { RecipeFlags } from "./recipeFlags.js";
import { addAsked, answersToRegister, type AskedRecipe } from "./answersToRegister.js";

export interface PredictOptions extends CsvOptions, TableLimits, MapOptions {
  /** How the file is written: as the table of published recipes (default: with columns of ours, or by a map). */
  readonly form?: "recipes";
  /** Name under which the answers are registered, before their outcomes exist. */
  readonly register?: string;
  /** File of the ledger (default data/predictions/ledger.jsonl of the project). */
  readonly ledger?: string;
  /** What keeps a registration (default keepRegistered). */
  readonly keep?: RegistrationKeeper;
  /** Name, beginning of a name, or path (findModel). */
  readonly model?: string;
  /** Folder of models (default data/models of the project). */
  readonly directory?: string;
  /** Registry whose version is meant (findModel). */
  readonly registry?: string;
  /** Table to write the answers to; the ending decides the format. */
  readonly out?: string;
  /** Answers that are kept in memory, from the first (default all). */
  readonly mostRows?: number;
  /** Looks for changes that would give other phases. */
  readonly explain?: boolean;
  /** Asks the simulator, averaged over laboratories. */
  readonly secondOpinion?: boolean;
  /** Takes all answers as objects of JSON, some at a time, one a line, with commas between them. */
  readonly onJson?: (answers: string) => Promise<void>;
  /**
   * Threads that answer tables of more than some thousand rows; 0: none beside this one. By default at most 8, and two
   * fewer than processors: reading and writing take one, clearing memory another.
   */
  readonly workers?: number;
  /** Takes how many recipes were read so far, and which share of the file that is, where it is known. */
  readonly onProgress?: (recipes: number, share: number | null) => void;
}

/** More threads than this only wait for the file. */
const mostWorkers = 8;

/** Refusals that are kept: more are counted. */
const mostRefused = 10_000;

/**
 * Phases of recipes: one recipe as a JSON object of recipe columns or as values with units, or a table of them. A table
 * is answered while it is read, in memory that does not grow with its rows; rows that cannot be answered are listed,
 * and the others are.
 *
 * @param asked  file, or values of one recipe by the names of their flags
 * @throws InputError if the file cannot be read, has not the columns that every recipe needs, or none of its recipes
 *   can be answered; or the model is not there, damaged, or none of the phase. Nothing is written then.
 */
export async function predictPhases(
  asked: string | RecipeFlags,
  {
    model: meant,
    directory,
    registry,
    out,
    mostRows = Infinity,
    explain = false,
    secondOpinion = false,
    onJson,
    workers = Math.min(Math.max(availableParallelism() - 2, 0), mostWorkers),
    onProgress = () => undefined,
    form,
    register,
    ledger,
    keep = keepRegistered,
    ...reading
  }: PredictOptions = {},
): Promise<PhasePredictions> {
  const file = typeof asked === "string" ? asked : null;
  if (out !== undefined) {
    requireOtherFile(
      out,
      [file ?? undefined, reading.columns, reading.reagents],
      "must be another file than that of the recipes, their map and the reagents",
    );
    await (await import("../../io/tables/requireTableOutput.js")).requireTableOutput(out);
  }
  const place = await findModel(meant, { directory, registry });
  const stored = await storedModel(place);
  const where = projectName(join(place.directory, place.name));
  const model = await readyModel(stored, where);
  const { columns, reagents } = reading;
  if (file === null && columns !== undefined)
    throw new InputError({
      where: "--columns",
      must: "must belong to a table",
      got: "a recipe of flags",
      mend: "name the table that the map is of, or leave it out",
    });
  requireFileOf(file, { "--form": form, "--register": register });
  const reader = recipeReader(form === undefined && columns === undefined ? {} : { form, columns, reagents });
  const list =
    reagents === undefined
      ? undefined
      : await (await import("../../experiments/readReagents.js")).readReagents(reagents);
  const notes: string[] = [];
  let share: number | null = null;
  const isOne = form === undefined && (await isOneRecipe(asked, reading));
  const advice = adviceWanted({ isOne, explain, secondOpinion });
  const adviser = advice === null ? null : await adviserOf(model, advice);
  const own = new Map<number, AskedRecipe>();
  const batches = watched(
    recipeBatches(asked, {
      ...reading,
      reader,
      reagents: list,
      isOne,
      onNote: (note) => notes.push(note),
      onShare: (so) => (share = so),
    }),
    register === undefined ? null : (batch) => addAsked(batch, own),
  );
  const kept = register === undefined ? mostRows : Infinity;
  const rows: AdvisedAnswer[] = [];
  const refused: TableFault[] = [];
  let [answered, unanswered] = [0, 0];
  const answers = async function* (): AsyncGenerator<BatchAnswer, void, undefined> {
    const options = { model: stored, where, loaded: model, reagents: list, workers, advice, adviser };
    // Of batches that are on their way it is not known yet how many rows are answered.
    const wish = (): BatchWish => ({
      table: out !== undefined,
      json: onJson !== undefined,
      rows: Math.max(0, kept - rows.length),
    });
    for await (const batch of answeredBatches(batches, { ...options, wish })) {
      rows.push(...batch.rows.slice(0, Math.max(0, kept - rows.length)));
      refused.push(...batch.refused.slice(0, mostRefused - refused.length));
      answered += batch.answered;
      unanswered += batch.refused.length;
      onProgress(answered + unanswered, share);
      for (const text of batch.json ?? []) await onJson?.(text);
      yield batch;
    }
    if (answered === 0 && unanswered > 0) throw noneAnswered(refused[0], unanswered, { file, isOne });
  };
  if (out === undefined) await drained(answers());
  else {
    const { writeTableStream } = await import("../../io/tables/writeTableStream.js");
    const { answersSchema, tableAdvice } = await import("./answersTable.js");
    await writeTableStream(out, answersSchema(model, tableAdvice(advice)), tablesOf(answers()));
  }
  // Of a mapped table outcomes were read with it. Now that the recipes are known to be few, the file is read again.
  const withOutcomes = async (all: ReadonlyMap<number, AskedRecipe>): Promise<ReadonlyMap<number, AskedRecipe>> => {
    if (file === null || isOne || columns !== undefined) return all;
    const { rowsWithOutcome } = await import("./rowsWithOutcome.js");
    const known = await rowsWithOutcome(file, { form, csv: csvOptionsOf(reading), limits: limitsOf(reading) });
    return new Map(Array.from(all, ([row, one]) => [row, { ...one, isKnown: known.has(row) }]));
  };
  const registered =
    register === undefined
      ? null
      : await keep(
          await answersToRegister(rows, await withOutcomes(own), {
            ...{ name: register, form: form ?? "table", model: place.name },
            stored,
          }),
          { place, ledger },
        );
  return predictionsOf(
    { name: place.name, stored, model },
    {
      ...{ file, answered, rows: rows.slice(0, mostRows), noNearest: adviser?.noNearest ?? null, unanswered, refused },
      ...{ out: out ?? null, notes, mapping: reader.report(), registered },
    },
  );
}

/** Who checks a registered answer later reads its recipe again. */
function requireFileOf(
  file: string | null,
  options: { readonly "--form"?: string; readonly "--register"?: string },
): void {
  const given = Object.entries(options).find(([, value]) => value !== undefined);
  if (given !== undefined && file === null)
    throw new InputError({
      where: given[0],
      must: "must belong to recipes of a file",
      got: "a recipe of flags",
      mend: "write the recipe into a file, or leave it out",
    });
}

/** Shows batches as they pass. */
async function* watched(
  batches: AsyncIterable<RecipeBatch>,
  look: ((batch: RecipeBatch) => void) | null,
): AsyncGenerator<RecipeBatch, void, undefined> {
  for await (const batch of batches) {
    look?.(batch);
    yield batch;
  }
}

async function drained(answers: AsyncIterable<BatchAnswer>): Promise<void> {
  for await (const { answered } of answers) void answered;
}

async function* tablesOf(answers: AsyncIterable<BatchAnswer>): AsyncGenerator<Table, void, undefined> {
  for await (const { table } of answers) if (table !== null) yield table;
}

function noneAnswered(
  { at, column, must, got, mend }: TableFault,
  count: number,
  { file, isOne }: { readonly file: string | null; readonly isOne: boolean },
): InputError {
  const name = file === null ? "the recipe" : projectName(file);
  const places = isOne ? (column === null ? [] : [`column ${column}`]) : [at];
  return new InputError({
    where: [name, ...places].join(", "),
    must,
    got: count === 1 ? got : `${got}, and none of the ${groupedDigits(count)} recipes can be answered`,
    mend,
  });
}
