import { extname, join, resolve } from "node:path";
import { percent } from "../../core/percent.js";
import { phaseNames } from "../../chemistry/phases.js";
import { InputError } from "../../core/InputError.js";
import { visibleText } from "../../core/visibleText.js";
import type { Schema } from "../../core/Schema.js";
import { categoryColumn, type Column, makeTable, type Table } from "../../core/Table.js";
import { projectName } from "../../io/projectPath.js";
import type { CsvOptions } from "../../io/tables/csv/CsvOptions.js";
import type { TableLimits } from "../../io/tables/tableLimits.js";
import { requireTableOutput } from "../../io/tables/requireTableOutput.js";
import { writeTable } from "../../io/tables/writeTable.js";
import {
  answerRecipes,
  predictionLabel,
  type RecipeAnswer,
  type RecipeAnswers,
} from "../../predictor/answerRecipes.js";
import { formatCoveragePromise } from "../../predictor/coveragePromise.js";
import { phaseModelOf } from "../../predictor/phaseModelOf.js";
import { faultError } from "../../predictor/checkRecipes.js";
import { recipeColumns } from "../../predictor/recipeColumns.js";
import { simdTraining } from "../../training/engines/simd/simdTraining.js";
import { loadModel } from "../../training/files/loadModel.js";
import type { LeakageRecord } from "../../training/files/Model.js";
import { type MappingReport, recipeReader } from "../recipeReader.js";
import { csvOptionsOf, limitsOf, type MapOptions } from "../tableOptions.js";
import { findModel } from "./findModel.js";
import { holdsOneRecipe, readRecipe } from "./readRecipe.js";

export interface PredictOptions extends CsvOptions, TableLimits, MapOptions {
  /** Name, beginning of a name, or path (findModel). */
  readonly model?: string;
  /** Folder of models (default data/models of the project). */
  readonly directory?: string;
  /** Table to write the answers to; the ending decides the format. */
  readonly out?: string;
}

/** What a model says of every recipe of a file. */
export interface PhasePredictions extends RecipeAnswers {
  readonly file: string;
  readonly model: string;
  /** What the audit of its training found to leak into its test; null for models of before it was stored. */
  readonly leakage: LeakageRecord | null;
  readonly out: string | null;
  /** How the file was read, where that is not plain. */
  readonly notes: readonly string[];
  /** What became of its rows, where it was read by a column map; else null. */
  readonly mapping: MappingReport | null;
}

/**
 * Phases of the recipes in a file: one recipe as a JSON object of recipe columns, or a table that readTable reads.
 *
 * @throws InputError if the file cannot be read; a recipe is incomplete, out of range, or cannot be carried out (row,
 *   column, value and unit named); or the model is not there, damaged, or none of the phase
 */
export async function predictPhases(
  file: string,
  { model: meant, directory, out, ...reading }: PredictOptions = {},
): Promise<PhasePredictions> {
  if (out !== undefined && resolve(out) === resolve(file))
    throw new InputError({
      where: "--out",
      must: "must be another file than that of the recipes",
      got: `"${out}"`,
      mend: "name a new file",
    });
  if (out !== undefined) await requireTableOutput(out);
  const place = await findModel(meant, { directory });
  const loaded = await loadModel(place.directory, place.name);
  const model = phaseModelOf(loaded, projectName(join(place.directory, place.name)), { engine: await simdTraining() });
  const isRecipe = extname(file).toLowerCase() === ".json" && (await holdsOneRecipe(file));
  const notes: string[] = [];
  const reader = recipeReader(reading);
  const isMapped = reading.columns !== undefined;
  const recipes =
    isRecipe && !isMapped
      ? await readRecipe(file)
      : await reader.read(file, {
          schema: recipeColumns,
          unknown: "keep",
          csv: csvOptionsOf(reading),
          limits: limitsOf(reading),
          onNote: (note) => notes.push(note),
        });
  const rowOf = (row: number): number => reader.rowOf(recipes, row);
  const answers = answerRecipes(model, recipes);
  const { promise, distance, refused } = answers;
  const rowName = (row: number): string =>
    isRecipe && !isMapped ? projectName(file) : `${projectName(file)}, row ${rowOf(row)}`;
  if (answers.rows.length === 0 && refused.length > 0) throw faultError(refused[0], rowName);
  const rows = isMapped ? answers.rows.map((one) => ({ ...one, row: rowOf(one.row - 1) })) : answers.rows;
  if (out !== undefined) await writeTable(answersTable(rows), out);
  return {
    file,
    model: place.name,
    leakage: loaded.manifest.leakage ?? null,
    rows,
    refused,
    promise,
    distance,
    out: out ?? null,
    notes,
    mapping: reader.report(),
  };
}

function answersTable(rows: PhasePredictions["rows"]): Table {
  const number = (unit: string, meaning: string): Schema[string] => ({ kind: "number", unit, meaning });
  const text = (meaning: string): Schema[string] => ({ kind: "category", unit: "", meaning });
  const probabilityOf = ["CsPbBr3", "Cs4PbBr6", "CsPb2Br5", "Coexistence", "Nothing"].map(
    (name) => `probability${name}`,
  );
  const schema: Schema = {
    row: number("1", "row of the recipe in its file, counted from 1"),
    phase: text("likeliest phase"),
    ...Object.fromEntries(
      probabilityOf.map((name, k) => [name, number("1", `calibrated probability of ${phaseNames[k]}`)]),
    ),
    set: text("phases of the set that promises 90 % for each phase, joined by +"),
    inDomain: text("whether the recipe lies in the ranges of training rows, and not far from them"),
    outside: text("in which ways it does not, joined by semicolons"),
    distance: number("1", "from training rows, measured in their own spread; missing where it is not checked"),
    label: text("what every prediction is"),
  };
  const numbers = (of: (answer: RecipeAnswer) => number): Column => new Float64Array(rows.map(of));
  const texts = (of: (answer: RecipeAnswer) => string): Column => categoryColumn(rows.map(of));
  return makeTable(schema, {
    row: numbers(({ row }) => row),
    phase: texts(({ phase }) => phase),
    ...Object.fromEntries(
      probabilityOf.map((name, k) => [name, numbers(({ probabilities }) => probabilities[phaseNames[k]])]),
    ),
    set: texts(({ set }) => set.join("+")),
    inDomain: texts(({ inDomain }) => (inDomain ? "yes" : "no")),
    outside: texts(({ outside }) => outside.join("; ")),
    distance: numbers(({ distance }) => distance ?? NaN),
    label: texts(({ label }) => label),
  });
}

/** More lines than these help nobody. */
const mostLines = 20;

/** Answers for the terminal. */
export function formatPredictions({
  file,
  model,
  leakage,
  rows,
  promise,
  distance,
  out,
  notes,
}: PhasePredictions): string {
  const inside = (own: number | null): string =>
    own === null || "reason" in distance
      ? "within the training ranges"
      : `within the training ranges, distance ${own.toFixed(2)} of at most ${distance.threshold.toFixed(2)}`;
  const lines = rows.slice(0, mostLines).flatMap(({ row, probabilities, set, outside, distance: own }) => [
    `row ${row}: ${phaseNames
      .toSorted((a, b) => probabilities[b] - probabilities[a])
      .map((phase) => `${phase} ${percent(probabilities[phase], { decimals: 1 })}`)
      .join(", ")}`,
    `  set at 90 %: ${set.length === 0 ? "none fits" : set.join(", ")}; ` +
      (outside.length === 0 ? inside(own) : `outside: ${outside.join("; ")}`),
  ]);
  const more = rows.length - mostLines;
  return [
    `${visibleText(file)}: ${rows.length.toLocaleString("en-GB")} ${rows.length === 1 ? "recipe" : "recipes"}, ` +
      `model ${model.slice(0, 12)}`,
    ...notes,
    ...lines,
    ...(more > 0 ? [`${more.toLocaleString("en-GB")} more${out === null ? "; --out FILE writes all" : ""}`] : []),
    formatCoveragePromise(promise),
    `leakage audit of its training: ${leakage?.verdict ?? "unknown, train it again to know"}`,
    ...("reason" in distance ? [`unusual combinations are not checked: ${distance.reason}`] : []),
    ...(out === null ? [] : [`written: ${visibleText(out)}`]),
    predictionLabel,
  ].join("\n");
}
