import { extname, join, resolve } from "node:path";
import { phaseNames } from "../../chemistry/phases.js";
import { InputError } from "../../core/InputError.js";
import type { Schema } from "../../core/Schema.js";
import { codesOf, type Table } from "../../core/Table.js";
import { tableFromRows } from "../../core/tableFromRows.js";
import { encode } from "../../features/encode.js";
import { type Encoder, parseEncoder } from "../../features/Encoder.js";
import { projectName } from "../../io/projectPath.js";
import { readTable } from "../../io/tables/readTable.js";
import { writeTable } from "../../io/tables/writeTable.js";
import { loadModel } from "../../training/files/loadModel.js";
import { checkFaults, checkRecipes } from "../../predictor/checkRecipes.js";
import { type CoveragePromise, coveragePromise, formatCoveragePromise } from "../../predictor/coveragePromise.js";
import type { DistanceLimit, DomainLimits } from "../../predictor/domainLimits.js";
import { findModel } from "./findModel.js";
import { meanProbabilities } from "../../predictor/meanProbabilities.js";
import { parsePhaseLimits, type PhaseAnswer, phaseAnswers } from "../../predictor/phaseLimits.js";
import { readRecipe } from "./readRecipe.js";
import { columnsMissedBy, columnsOfEncoder, recipeColumns } from "../../predictor/recipeColumns.js";

export interface PredictOptions {
  /** Name, beginning of a name, or path (findModel). */
  readonly model?: string;
  /** Folder of models (default data/models of the project). */
  readonly directory?: string;
  /** Table to write the answers to; the ending decides the format. */
  readonly out?: string;
}

/** What a model says of every recipe of a file. */
export interface PhasePredictions {
  readonly file: string;
  readonly model: string;
  /** One per recipe, in order; `row` counts from 1. */
  readonly rows: readonly (PhaseAnswer & { readonly row: number; readonly label: string })[];
  /** What the sets promise. */
  readonly promise: CoveragePromise;
  /** The distance from training rows beyond which a recipe is an unusual combination; or the reason why that is not checked. */
  readonly distance: Omit<DistanceLimit, "fitted"> | { readonly reason: string };
  readonly out: string | null;
}

/** Every prediction bears it. */
export const predictionLabel = "experimental: confirm in the lab";

/**
 * Phases of the recipes in a file: one recipe as a JSON object of recipe columns, or a .csv, .parquet or .arrow table.
 *
 * @throws InputError if the file cannot be read; a recipe is incomplete, out of range, or cannot be carried out (row,
 *   column, value and unit named); or the model is not there, damaged, or none of the phase
 */
export async function predictPhases(
  file: string,
  { model: meant, directory, out }: PredictOptions = {},
): Promise<PhasePredictions> {
  if (out !== undefined && resolve(out) === resolve(file))
    throw new InputError({
      where: "--out",
      must: "must be another file than that of the recipes",
      got: `"${out}"`,
      mend: "name a new file",
    });
  const place = await findModel(meant, { directory });
  const { members, encoder: stored, calibrator } = await loadModel(place.directory, place.name);
  const where = projectName(join(place.directory, place.name));
  if (members[0].classes.join() !== phaseNames.join())
    throw new InputError({
      where,
      must: `must be a model of the phases ${phaseNames.join(", ")}`,
      got: members[0].classes.join(", ") || "one without classes",
      mend: "name a model that `twin train` saved",
    });
  const [encoder, limits] = [parseEncoder(JSON.stringify(stored), where), parsePhaseLimits(calibrator, where)];
  const isRecipe = extname(file).toLowerCase() === ".json";
  const table = isRecipe ? await readRecipe(file) : await readTable(file, { schema: recipeColumns, unknown: "keep" });
  const rowName = (row: number): string => (isRecipe ? projectName(file) : `${projectName(file)}, row ${row + 1}`);
  const missed = columnsMissedBy(encoder);
  checkRecipes(table, columnsOfEncoder(encoder), { where: rowName, mayMiss: (column) => missed.has(column) });
  checkLevels(table, encoder, rowName);
  checkFaults(table, rowName);
  const features = encode(encoder, table);
  const rows = phaseAnswers(limits, features, meanProbabilities(members, features)).map((answer, i) => ({
    row: i + 1,
    ...answer,
    label: predictionLabel,
  }));
  if (out !== undefined) await writeTable(answersTable(rows), out);
  return {
    file,
    model: place.name,
    rows,
    promise: coveragePromise(limits.sets),
    distance: withoutFit(limits.domain),
    out: out ?? null,
  };
}

function withoutFit({ distance }: DomainLimits): PhasePredictions["distance"] {
  if ("reason" in distance) return distance;
  const { threshold, falseAlarm, rows } = distance;
  return { threshold, falseAlarm, rows };
}

/** A category that no training row had says nothing to the model. */
function checkLevels(table: Table, { columns }: Encoder, where: (row: number) => string): void {
  const known = new Map<string, string[]>();
  for (const one of columns)
    if (one.kind === "category") known.set(one.column, [...(known.get(one.column) ?? []), one.level]);
  for (const [name, allowed] of known) {
    const { codes, levels } = codesOf(table, name);
    const row = codes.findIndex((code: number) => !allowed.includes(levels[code]));
    if (row >= 0)
      throw new InputError({
        where: `${where(row)}, column ${name}`,
        must: `must be one of ${allowed.map((level) => `"${level}"`).join(", ")}, which training rows had`,
        got: levels[codes[row]] === "" ? "nothing" : `"${levels[codes[row]]}"`,
        mend: "mend the name, or train on such recipes",
      });
  }
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
  return tableFromRows(
    schema,
    rows.map(({ row, phase, probabilities, set, inDomain, outside, distance, label }) => ({
      row,
      phase,
      ...Object.fromEntries(probabilityOf.map((name, k) => [name, probabilities[phaseNames[k]]])),
      set: set.join("+"),
      inDomain: inDomain ? "yes" : "no",
      outside: outside.join("; "),
      distance: distance ?? undefined,
      label,
    })),
  );
}

/** More lines than these help nobody. */
const mostLines = 20;

/** Answers for the terminal. */
export function formatPredictions({ file, model, rows, promise, distance, out }: PhasePredictions): string {
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  const inside = (own: number | null): string =>
    own === null || "reason" in distance
      ? "within the training ranges"
      : `within the training ranges, distance ${own.toFixed(2)} of at most ${distance.threshold.toFixed(2)}`;
  const lines = rows.slice(0, mostLines).flatMap(({ row, probabilities, set, outside, distance: own }) => [
    `row ${row}: ${phaseNames
      .toSorted((a, b) => probabilities[b] - probabilities[a])
      .map((phase) => `${phase} ${percent(probabilities[phase])}`)
      .join(", ")}`,
    `  set at 90 %: ${set.length === 0 ? "none fits" : set.join(", ")}; ${outside.length === 0 ? inside(own) : `outside: ${outside.join("; ")}`}`,
  ]);
  const more = rows.length - mostLines;
  return [
    `${file}: ${rows.length.toLocaleString("en-GB")} ${rows.length === 1 ? "recipe" : "recipes"}, model ${model.slice(0, 12)}`,
    ...lines,
    ...(more > 0 ? [`${more.toLocaleString("en-GB")} more${out === null ? "; --out FILE writes all" : ""}`] : []),
    formatCoveragePromise(promise),
    ...("reason" in distance ? [`unusual combinations are not checked: ${distance.reason}`] : []),
    ...(out === null ? [] : [`written: ${out}`]),
    predictionLabel,
  ].join("\n");
}
