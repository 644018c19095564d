import type { ReagentList } from "../../chemistry/reagentList.js";
import { selectRows, type Table } from "../../core/Table.js";
import type { TableFault } from "../../io/tables/TableFault.js";
import { answerColumns } from "../../predictor/answerColumns.js";
import { recipeAnswer, type RecipeAnswer } from "../../predictor/answerRecipes.js";
import type { LoadedPhaseModel } from "../../predictor/phaseModelOf.js";
import type { RecipeAdvice } from "../../predictor/recipeAdvice.js";
import type { Adviser, AdviceSetting } from "./adviser.js";
import { answersTable, tableAdvice } from "./answersTable.js";

/** Some of the recipes that are asked about, in their order: plain data, as threads take it. */
export interface RecipeBatch {
  readonly table: Table;
  /** Row of the file, counted from 1, that each row of the table stood in. */
  readonly rows: Float64Array;
  /** What cannot be read of the file up to the end of this batch, since the one before. */
  readonly unread: readonly TableFault[];
}

/** What is wanted of a batch. */
export interface BatchWish {
  /** Whether a table of the answers. */
  readonly table: boolean;
  /** Whether the answers as JSON. */
  readonly json: boolean;
  /** Answers as objects, at most so many, from the first. */
  readonly rows: number;
}

/** An answer, with what stands beside it. */
export interface AdvisedAnswer extends RecipeAnswer {
  /** Null where it was not asked for. */
  readonly advice: RecipeAdvice | null;
}

/** What a model says of a batch: plain data. */
export interface BatchAnswer {
  readonly answered: number;
  /** Rows that are not answered, from top to bottom; first what is wrong with lines as a whole. */
  readonly refused: readonly TableFault[];
  readonly rows: readonly AdvisedAnswer[];
  /** Of answers and refusals; null where none is wanted. */
  readonly table: Table | null;
  /** Answers as objects of JSON, some in each text, one a line, with commas between; null where it is not wanted. */
  readonly json: readonly string[] | null;
}

export interface AnswerOptions {
  readonly reagents?: ReagentList;
  /** Advises on the answers; null (default): nobody. */
  readonly adviser?: Adviser | null;
  /** What it was asked; null where there is none. */
  readonly advice?: AdviceSetting | null;
}

/** Answers a batch. A row of which a cell cannot be read is refused for it, and not asked about. */
export function answerBatch(
  model: LoadedPhaseModel,
  { table, rows: fileRows, unread }: RecipeBatch,
  wish: BatchWish,
  { reagents, adviser = null, advice: asked = null }: AnswerOptions = {},
): BatchAnswer {
  const broken = new Set(unread.map(({ row }) => row));
  const all = Uint32Array.from({ length: table.numRows }, (_, row) => row);
  const told = unread.length === 0 ? all : all.filter((row) => !broken.has(fileRows[row]));
  const answers = answerColumns(model, told.length === all.length ? table : selectRows(table, told), { reagents });
  const places = Float64Array.from(answers.rows, (row) => fileRows[told[row]]);
  const unanswered = answers.refused.map(({ row, column, must, got, mend }): TableFault => {
    const at = fileRows[told[row]];
    return { row: at, column, at: `row ${at}${column === null ? "" : `, column ${column}`}`, must, got, mend };
  });
  const refused = [...firstOfRows(unread), ...unanswered].sort((a, b) => (a.row ?? 0) - (b.row ?? 0));
  const advice = adviser === null ? null : adviser.advise(answers);
  const answer = (place: number): AdvisedAnswer => ({
    ...recipeAnswer(answers, place, model),
    row: places[place],
    advice: advice === null ? null : advice[place],
  });
  return {
    answered: places.length,
    refused,
    rows: Array.from({ length: Math.min(wish.rows, places.length) }, (_, place) => answer(place)),
    table: wish.table ? answersTable(answers, { rows: places, refused, advice, wanted: tableAdvice(asked) }) : null,
    json: wish.json ? jsonTexts(places.length, answer) : null,
  };
}

/** Answers in a text: short enough that it is let go as soon as it is written, like other short-lived memory. */
const answersInText = 64;

function jsonTexts(count: number, answer: (place: number) => AdvisedAnswer): string[] {
  return Array.from({ length: Math.ceil(count / answersInText) }, (_, i) => {
    const from = i * answersInText;
    const length = Math.min(answersInText, count - from);
    return Array.from({ length }, (__, k) => JSON.stringify(answer(from + k))).join(",\n");
  });
}

/** A row is refused once, however many of its cells cannot be read. */
function firstOfRows(faults: readonly TableFault[]): readonly TableFault[] {
  const seen = new Set<number>();
  return faults.filter(({ row }) => {
    if (row === null) return true;
    if (seen.has(row)) return false;
    seen.add(row);
    return true;
  });
}
