import { InputError } from "../../core/InputError.js";
import type { RawTable } from "../../core/RawTable.js";
import type { RowNote } from "../../core/RowNote.js";
import { shortText } from "../../core/shortText.js";
import type { Table } from "../../core/Table.js";
import {
  type Judging,
  outcomeKnown,
  type RegisteredRow,
  type Remaking,
} from "../../io/predictions/predictionLedger.js";
import { projectName } from "../../io/projectPath.js";
import { readRawCsv } from "../../io/tables/readRawCsv.js";
import { predictionLabel } from "../../predictor/answerRecipes.js";
import { findModel } from "./findModel.js";
import { hasOutcome } from "./hasOutcome.js";
import { keepRegistered, type KeptRegistration, type RegistrationKeeper } from "./keepRegistered.js";
import { type ModelPurpose, requireKind } from "./modelKind.js";

/** Which model answers a table in the columns of a published one, and where answers are registered. */
export interface PredictTableOptions {
  /** As of findModel. */
  readonly model?: string;
  readonly directory?: string;
  readonly registry?: string;
  readonly register?: string;
  readonly ledger?: string;
  /** Fails where a row is refused: the verb looks. */
  readonly strict?: boolean;
  /** What keeps a registration (default keepRegistered). */
  readonly keep?: RegistrationKeeper;
}

/** What a model says of every experiment of a table. */
export interface TablePredictions<Answer> {
  readonly version: 1;
  readonly file: string;
  readonly model: string;
  readonly label: string;
  readonly rows: readonly Answer[];
  /** Rows that cannot be read, each once, and why. */
  readonly refused: readonly RowNote[];
  readonly registered: KeptRegistration | null;
}

/** Experiments that were answered, beside what tells them apart. */
export interface AnsweredTable<Answer> {
  readonly table: Table;
  readonly rows: readonly Answer[];
  /** Of the recipe of each. */
  readonly hashes: readonly string[];
}

/** A kind of model that answers a table of its own columns. */
export interface TableKind<Model, Answer extends { readonly experiment: string }> {
  readonly form: Exclude<ModelPurpose, "phase">;
  /** What rows are: "wells". */
  readonly cases: string;
  /** What an option of recipes is told that it does not go with, and the mend. */
  readonly without: { readonly got: string; readonly mend: string };
  readonly load: (directory: string, name: string) => Promise<Model>;
  readonly read: (raw: RawTable) => { readonly table: Table; readonly dropped: readonly RowNote[] };
  readonly answer: (model: Model, table: Table) => Promise<AnsweredTable<Answer>>;
  /** Columns that hold what came of an experiment. */
  readonly outcomes: readonly string[];
  /** All of an answer, and no value or name of its recipe. */
  readonly told: (answer: Answer) => Pick<RegisteredRow, "predictions" | "inDomain" | "notes">;
  readonly remaking: (model: Model) => Promise<Remaking>;
  readonly judging: Judging;
}

/**
 * Answers the experiments of a file in the columns of their published table. Rows that cannot be answered are listed,
 * and the others are.
 *
 * @throws InputError if the file or the model cannot be read, none of the rows can be answered, or an option belongs to
 *   other recipes, and as registerPredictions
 */
export async function predictTable<Model, Answer extends { readonly experiment: string }>(
  kind: TableKind<Model, Answer>,
  file: string,
  { model: meant, directory, registry, register, ledger, keep = keepRegistered, ...others }: PredictTableOptions = {},
): Promise<TablePredictions<Answer>> {
  requireNoOther(others, kind.without);
  const place = await findModel(meant, { directory, registry });
  requireKind(place, kind.form);
  const model = await kind.load(place.directory, place.name);
  const { table, dropped } = kind.read(await readRawCsv(file));
  if (table.numRows === 0) throw noneAnswered(file, dropped, kind.cases);
  const { rows, hashes, table: asked } = await kind.answer(model, table);
  const registered =
    register === undefined
      ? null
      : await keep(
          {
            ...{ name: register, form: kind.form, model: place.name },
            remaking: await kind.remaking(model),
            judging: kind.judging,
            rows: rows.map((answer, row): RegisteredRow => {
              const { predictions, inDomain, notes } = kind.told(answer);
              const isKnown = hasOutcome(asked, row, kind.outcomes);
              return {
                ...{ recipe: answer.experiment, recipeSha256: hashes[row] },
                predictions,
                inDomain,
                notes: isKnown ? [...notes, outcomeKnown] : notes,
              };
            }),
          },
          { place, ledger },
        );
  return { version: 1, file, model: place.name, label: predictionLabel, rows, refused: dropped, registered };
}

/** The verb hands on what it was given. */
function requireNoOther(others: object, without: TableKind<never, never>["without"]): void {
  const known = ["form", "strict"];
  const strange = Object.entries(others).find(([name, value]) => value !== undefined && !known.includes(name));
  if (strange === undefined) return;
  throw new InputError({
    where: `--${strange[0].replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    must: "must belong to recipes of a model of the phase",
    ...without,
  });
}

function noneAnswered(file: string, refused: readonly RowNote[], cases: string): InputError {
  const where = projectName(file);
  if (refused.length === 0)
    return new InputError({ where, must: `must have ${cases}`, got: "none", mend: "name another" });
  const [{ row, column, came, why }] = refused;
  const none = refused.length === 1 ? "" : `, and none of the ${refused.length} ${cases} can be answered`;
  return new InputError({
    where: `${where}, row ${row}, column ${column}`,
    must: why,
    got: `${came === "" ? "nothing" : `"${shortText(came)}"`}${none}`,
    mend: "correct the rows, or name another file",
  });
}
