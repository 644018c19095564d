import { provenanceFields } from "../../chemistry/recipeSchema.js";
import { phaseCode } from "../../chemistry/phases.js";
import type { Table } from "../../core/Table.js";
import { readRecords } from "../../io/tables/readRecords.js";
import { cutTable } from "../../io/tables/readTableStream.js";
import type { TableFault } from "../../io/tables/TableFault.js";
import type { RecipeAnswer } from "../../predictor/answerRecipes.js";
import { recipeColumns } from "../../predictor/recipeColumns.js";
import type { AskedRecipes, ServedAnswer } from "../../serving/ServedModel.js";
import { type Adviser, adviserOf, type AdviceSetting } from "../predict/adviser.js";
import { type AdvisedAnswer, answerBatch, type RecipeBatch } from "../predict/answerBatch.js";
import { adviceWanted, predictionsOf } from "../predict/phasePredictions.js";
import { predictionsJson } from "../predict/predictionsJson.js";
import { recipeTable } from "../predict/readRecipe.js";
import { readyModel, type StoredModel } from "../predict/readyModel.js";

const schema = { ...recipeColumns, lab: provenanceFields.lab };

/** Recipes that are answered in one go, while others wait: some 5 ms, and explained, some 100. */
const piece = { plain: 128, explained: 2 };

/** A model that answers requests: plain data, as threads take it. */
export interface AnswererSetting {
  /** Hash of the model. */
  readonly name: string;
  readonly stored: StoredModel;
  /** The model, for messages. */
  readonly where: string;
}

/**
 * Answers requests as `twin predict --json` answers a .json of the same recipes, byte for byte, but for the name of the
 * file, which is null.
 *
 * @throws InputError as readyModel
 */
export async function requestAnswerer({
  name,
  stored,
  where,
}: AnswererSetting): Promise<(asked: AskedRecipes) => Promise<ServedAnswer>> {
  const model = await readyModel(stored, where);
  const advisers = new Map<string, Promise<Adviser>>();
  /** The simulator and the tables of experiments are loaded once. */
  const adviserFor = (setting: AdviceSetting | null): Promise<Adviser> | null => {
    if (setting === null) return null;
    const key = JSON.stringify(setting);
    const known = advisers.get(key) ?? adviserOf(model, setting);
    advisers.set(key, known);
    // One that could not be made ready is tried again.
    known.catch(() => advisers.delete(key));
    return known;
  };
  return async ({ recipes, explain, secondOpinion }) => {
    const isOne = "one" in recipes;
    const notes: string[] = [];
    const unread: TableFault[] = [];
    const table = isOne
      ? recipeTable(recipes.one, "recipe")
      : await readRecords(recipes, "recipes", {
          schema,
          onNote: (note) => notes.push(note),
          onFault: (fault) => unread.push(fault),
        });
    const advice = adviceWanted({ isOne, explain, secondOpinion });
    const adviser = await adviserFor(advice);
    const rows: AdvisedAnswer[] = [];
    const refused: TableFault[] = [];
    const atOnce = advice === null ? piece.plain : piece.explained;
    for (const batch of batchesOf(table, unread, atOnce)) {
      if (batch.rows[0] > 1) await new Promise((resolve) => setImmediate(resolve));
      const wish = { table: false, json: false, rows: Infinity };
      const answers = answerBatch(model, batch, wish, { adviser, advice });
      rows.push(...answers.rows);
      refused.push(...answers.refused);
    }
    const said = new Array<number | null>(isOne ? 1 : recipes.length).fill(null);
    for (const { row, phase } of rows) said[row - 1] = phaseCode(phase);
    const texts: string[] = [];
    const json = predictionsJson((text) => {
      texts.push(text);
      return Promise.resolve();
    });
    if (rows.length > 0) await json.answers(rows.map((row) => JSON.stringify(row)).join(",\n"));
    await json.end(
      predictionsOf(
        { name, stored, model },
        {
          ...{ file: null, answered: rows.length, rows, noNearest: adviser?.noNearest ?? null },
          ...{ unanswered: refused.length, refused, out: null, notes, mapping: null, registered: null },
        },
      ),
    );
    return {
      text: texts.join(""),
      said,
      answered: rows.length,
      outside: rows.filter(({ inDomain }) => !inDomain).length,
      refused,
      isValid: rows.every(isAnswer),
    };
  };
}

/** Rows of a table, some at a time, with what cannot be read of them. */
function* batchesOf(
  table: Table,
  unread: readonly TableFault[],
  atOnce: number,
): Generator<RecipeBatch, void, undefined> {
  let before = 0;
  for (const part of cutTable(table, atOnce)) {
    const [from, to] = [before, before + part.numRows];
    const own = unread.filter(({ row }) => (row === null ? from === 0 : row > from && row <= to));
    yield { table: part, rows: Float64Array.from({ length: part.numRows }, (_, i) => from + i + 1), unread: own };
    before = to;
  }
}

/** Whether all probabilities are numbers that sum to 1. */
function isAnswer({ probabilities }: RecipeAnswer): boolean {
  const all = Object.values(probabilities);
  return all.every((one) => one >= 0 && one <= 1) && Math.abs(all.reduce((sum, one) => sum + one, 0) - 1) < 1e-6;
}
