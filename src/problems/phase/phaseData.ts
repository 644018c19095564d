import { phaseNames } from "../../chemistry/phases.js";
import { designFields, outcomeFields, provenanceFields, recipeFields } from "../../chemistry/recipeSchema.js";
import { experimentSchema } from "../../generation/experimentSchema.js";
import { InputError } from "../../core/InputError.js";
import { nearEqualLevels } from "../../core/nearEqualLevels.js";
import { seededRandom } from "../../core/random/Random.js";
import { shortText } from "../../core/shortText.js";
import type { Split } from "../../core/Split.js";
import { categoryColumn, makeTable, numbersOf, rowsWhere, selectRows, type Table, textsOf } from "../../core/Table.js";
import { recipeCategories, type RecipeFeature, recipeFeatures } from "../../features/recipeFeatures.js";
import { projectName } from "../../io/projectPath.js";
import type { CsvOptions } from "../../io/tables/csv/CsvOptions.js";
import { readTable, type ReadTableOptions } from "../../io/tables/readTable.js";
import { sha256File } from "../../io/sha256.js";
import type { TargetScale } from "../../training/files/Model.js";
import { stratifiedSplit } from "../../splitting/stratifiedSplit.js";
import { countsOf, labelsOf, phaseCodes, splitByBatch } from "./phaseTable.js";
import { type Quantity, quantities, scaledValues, standardisedQuantities } from "./quantities.js";
import { recipeGroups, type RecipeGroups } from "./recipeGroups.js";
import { checkRecipes } from "../../predictor/checkRecipes.js";
import { missingRows, recipeColumns } from "../../predictor/recipeColumns.js";
import { encoded, type TrainingExperiments, trainingExperiments } from "./phaseExperiments.js";

/** Experiments with a phase to train on, and where they come from. */
export interface PhaseData extends TrainingExperiments {
  /** What made or holds them, plain JSON. */
  readonly origin: { readonly generated: { readonly rows: number } } | { readonly fileSha256: string };
  /** What each row stands together by, in one part: recipeGroups; null where rows were split one by one. */
  readonly groups: readonly string[] | null;
  /** What a group is. */
  readonly splitBy: RecipeGroups["unit"];
  /** Numbers beside the phase that enough rows have. */
  readonly quantities: readonly Quantity[];
  /** Standardised, row-major [rows, quantities]; NaN where not measured. */
  readonly targets: Float64Array;
  readonly targetScales: readonly TargetScale[];
  /** What was left out, filled in or kept together, in words. */
  readonly notes: readonly string[];
}

/** How a file of experiments is read, where a map of its columns leaves rows out. */
export interface RowReader {
  readonly read?: typeof readTable;
  readonly rowOf?: (table: Table, row: number) => number;
}

/** Fewer, and a part of the split has none, or one that says nothing. */
export const fewestOfClass = 10;
/** Without these a recipe is none; whatever else is missing the encoder fills in, and says so to the network. */
const required = ["caesiumMolar", "leadMolar", "bromideMolar"];

/**
 * The twin's experiments, as the notebooks train on them.
 *
 * @throws InputError if rows are too few for every phase
 */
export async function generatedPhaseData({
  seed,
  rows,
}: {
  readonly seed: number;
  readonly rows?: number;
}): Promise<PhaseData> {
  const data = await trainingExperiments({ seed, rows });
  checkClasses(countsOf(data.labels), "--rows", "generate more");
  return {
    ...data,
    origin: { generated: { rows: data.table.numRows } },
    groups: textsOf(data.table, "batch"),
    splitBy: "batch",
    ...learnedQuantities(data.table, data.split),
    notes: [],
  };
}

/** Labelled rows of a file. */
export interface LabelledExperiments {
  /** With `phase` in the codes of phaseNames, and `batch` where the file has it. */
  readonly table: Table;
  /** Rows that were left out, as they have no phase. */
  readonly unlabelled: number;
  readonly fileSha256: string;
  /** How the file was read, where that is not plain. */
  readonly notes: readonly string[];
}

/**
 * Experiments of a file that readTable reads, with recipe columns and a phase; rows without a phase are left out.
 *
 * @param csv           how a .csv is written, where it is not to be found out
 * @param options.read   reads the table and holds it against a schema (default readTable)
 * @param options.rowOf  row of the file, counted from 1, that a row of the table stood in (default the next)
 * @throws InputError as readTable, or if a phase is unknown, or a number leaves its range
 */
export async function labelledExperiments(
  path: string,
  csv: CsvOptions = {},
  { read: readRows = readTable, rowOf = (_, row) => row + 1 }: RowReader = {},
): Promise<LabelledExperiments> {
  const notes: string[] = [];
  const read = await readLabelled(path, projectName(path), {
    readRows,
    rowOf,
    csv,
    onNote: (note) => notes.push(note),
  });
  return {
    ...read,
    fileSha256: await sha256File(path),
    notes: [...notes, ...unreadNotes(read.table), ...antisolventNotes(read.table)],
  };
}

/**
 * Labelled experiments of a file, split and encoded for a network. Rows that answer for each other (recipeGroups: of
 * one batch where the file has that column, of one recipe or of nearly equal ones) stand in one part; where there are
 * none, rows are split one by one. Of missing numbers other than the amounts of Cs, Pb and Br the training median
 * stands in, with a feature that says so; features that no row has are left out.
 *
 * @param where  the file, for messages
 * @throws InputError if a class has too few rows, or the groups cannot be split
 */
export function phaseDataOf(
  { table, unlabelled, fileSha256, notes: read }: LabelledExperiments,
  seed: number,
  where: string,
): PhaseData {
  const labels = phaseCodes(table);
  checkClasses(countsOf(labels), `${where}, column phase`, "add rows of it");
  const { groups, unit, notes } = recipeGroups(table, textsOf(table, "batch"));
  const split =
    groups === null
      ? stratifiedSplit(textsOf(table, "phase"), seededRandom(seed).fork("split by row"))
      : groupSplit(table, groups, { unit, seed, where });
  const features = recipeFeatures.filter(({ needs }) =>
    split.train.some((row) => needs.every((name) => !Number.isNaN(numbersOf(table, name)[row]))),
  );
  const categories = recipeCategories.filter((name) => missingRows(table, name, split.train) < split.train.length);
  const { encoder, features: matrix } = encoded(table, split.train, {
    features: features.map(({ name }) => name),
    categories,
    missing: "median",
    unseen: "ignore",
  });
  return {
    seed,
    table,
    split,
    encoder,
    features: matrix,
    whole: { encoder, features: matrix },
    taught: matrix,
    hidden: table,
    labels,
    ...learnedQuantities(table, split),
    origin: { fileSha256 },
    groups,
    splitBy: unit,
    notes: [
      ...read,
      ...notesOn(table, unlabelled, features, categories),
      ...nearNotes(textsOf(table, "batch")),
      ...notes,
    ],
  };
}

/** Of fewer training rows a number is not learned, and of fewer calibrate rows it has no interval. */
const [fewestMeasured, fewestCalibrated] = [50, 20];

function learnedQuantities(table: Table, split: Split): Pick<PhaseData, "quantities" | "targets" | "targetScales"> {
  const learned = quantities.filter((quantity) => {
    if (!Object.hasOwn(table.columns, quantity.column)) return false;
    const values = scaledValues(table, quantity);
    const known = split.train.filter((row) => !Number.isNaN(values[row]));
    return (
      known.length >= fewestMeasured &&
      split.calibrate.filter((row) => !Number.isNaN(values[row])).length >= fewestCalibrated &&
      known.some((row) => values[row] !== values[known[0]])
    );
  });
  const { targets, scales } = standardisedQuantities(table, split.train, learned);
  return { quantities: learned, targets, targetScales: scales };
}

/** More names than these help nobody. */
const mostNames = 8;

/** Columns of no name of ours: nobody should believe that they were learned from. */
function unreadNotes(table: Table): string[] {
  const known = { ...experimentSchema, ...recipeFields, ...designFields, ...outcomeFields, ...provenanceFields };
  const unread = Object.keys(table.columns).filter((name) => !Object.hasOwn(known, name));
  if (unread.length === 0) return [];
  const shown = unread.slice(0, mostNames).map((name) => `"${name}"`);
  const more = unread.length > mostNames ? ` and ${unread.length - mostNames} more` : "";
  return [
    `not read, as they are no columns of ours: ${shown.join(", ")}${more}; \`twin data map\` tells what they may be`,
  ];
}

/** Whose names a model does not see: poor solvents of one route that differ in more than their volume. */
function antisolventNotes(table: Table): string[] {
  if (!Object.hasOwn(table.columns, "antisolvent")) return [];
  const routes = Object.hasOwn(table.columns, "route") ? textsOf(table, "route") : null;
  const names = new Map<string, Set<string>>();
  textsOf(table, "antisolvent").forEach((name, row) => {
    const route = routes === null ? "" : routes[row];
    if (name !== "") names.set(route, (names.get(route) ?? new Set()).add(name));
  });
  const mixed = [...new Set([...names.values()].filter(({ size }) => size > 1).flatMap((some) => [...some]))].sort();
  if (mixed.length === 0) return [];
  const more = mixed.length > mostNames ? ` and ${mixed.length - mostNames} more` : "";
  return [
    `antisolvents are not told apart by name, only by volume: ${mixed.slice(0, mostNames).join(", ")}${more}; ` +
      "where they matter, train on the rows of one alone",
  ];
}

/** Rows of a file that have a phase, with the codes of `phaseNames`, and how many have none. */
async function readLabelled(
  path: string,
  where: string,
  {
    readRows,
    rowOf,
    ...options
  }: { readonly readRows: typeof readTable; readonly rowOf: NonNullable<RowReader["rowOf"]> } & Pick<
    ReadTableOptions,
    "csv" | "onNote"
  >,
): Promise<{ readonly table: Table; readonly unlabelled: number }> {
  const read = await readRows(path, {
    ...options,
    schema: {
      ...recipeColumns,
      phase: { ...outcomeFields.phase, required: true },
      ...Object.fromEntries(quantities.map(({ column }) => [column, outcomeFields[column]])),
      batch: provenanceFields.batch,
    },
    unknown: "keep",
  });
  const rowName = (row: number): string => `${where}, row ${rowOf(read, row)}`;
  const phases = textsOf(read, "phase");
  for (const name of ["phase", ...recipeCategories]) checkLevelNames(read, name, rowName);
  const numbers = [...recipeFeatures.flatMap(({ needs }) => needs), ...quantities.map(({ column }) => column)];
  checkRecipes(read, [...new Set(numbers)], {
    where: rowName,
    mayMiss: (column) => !required.includes(column),
  });
  const labelled = selectRows(
    read,
    rowsWhere(read, (row) => phases[row] !== ""),
  );
  return {
    table: makeTable(labelled.schema, {
      ...labelled.columns,
      phase: categoryColumn(textsOf(labelled, "phase"), phaseNames),
    }),
    unlabelled: read.numRows - labelled.numRows,
  };
}

/** @throws InputError if a category holds a text that its field does not know, as `quality` says too */
function checkLevelNames(table: Table, name: string, rowName: (row: number) => string): void {
  const { levels } = table.schema[name];
  if (levels === undefined) return;
  const texts = textsOf(table, name);
  const strange = texts.findIndex((text) => text !== "" && !levels.includes(text));
  if (strange < 0) return;
  const others = [...new Set(texts)].filter((text) => text !== "" && !levels.includes(text));
  const shown = others.slice(0, mostNames).map((text) => `"${shortText(text)}"`);
  const isCoded = texts.every((text) => text === "" || /^\d+$/.test(text));
  throw new InputError({
    where: `${rowName(strange)}, column ${name}`,
    must: `must be one of ${levels.filter((level) => level !== "").join(", ")}`,
    got: shown.join(", ") + (others.length > mostNames ? ` and ${others.length - mostNames} more` : ""),
    mend: isCoded
      ? `classes are coded as numbers: write the name that each code stands for`
      : `rename the ${name}, or leave the cell empty`,
  });
}

function groupSplit(
  table: Table,
  groups: readonly string[],
  { unit, seed, where }: { readonly unit: RecipeGroups["unit"]; readonly seed: number; readonly where: string },
): Split {
  const [what, several] = unit === "batch" ? ["column batch", "batches"] : ["repeated recipes", "recipes"];
  const refusal = (must: string, got: string): InputError =>
    new InputError({
      where: `${where}, ${what}`,
      must,
      got,
      mend: unit === "batch" ? "add or mend batches, or leave the column out to split by rows" : "add other recipes",
    });
  let split: Split;
  try {
    split = splitByBatch(table, seed, groups);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw refusal(`${several} must be whole in one part of 60, 10, 10 and 20 % of the rows`, `"${error.message}"`);
  }
  const absent = countsOf(labelsOf(phaseCodes(table), split.train)).indexOf(0);
  if (absent >= 0)
    throw refusal(
      "every phase must be among the training rows",
      `"${phaseNames[absent]}" in ${several} of other parts only`,
    );
  if (new Set(Array.from(split.test, (row) => groups[row])).size < 2)
    throw refusal(`test rows must come from 2 ${several} or more, for an interval`, "1");
  return split;
}

function checkClasses(counts: readonly number[], where: string, mend: string): void {
  const few = counts.findIndex((count) => count < fewestOfClass);
  if (few >= 0)
    throw new InputError({
      where,
      must: `every phase must have at least ${fewestOfClass} rows, for four parts`,
      got: `${counts[few]} of "${phaseNames[few]}"`,
      mend,
    });
}

/** Batches are kept apart where they are only nearly equal: whether they are one is for their owner to say. */
function nearNotes(batches: readonly string[]): string[] {
  const near = nearEqualLevels(batches);
  if (near.length === 0) return [];
  const named = near[0].map((level) => `"${level}"`).join(" and ");
  const more = near.length === 1 ? "" : `, and ${near.length - 1} more such ${near.length === 2 ? "group" : "groups"}`;
  return [`batches written nearly alike are kept apart: ${named}${more}; write each in one way if they are one`];
}

function notesOn(
  table: Table,
  unlabelled: number,
  features: readonly RecipeFeature[],
  categories: readonly string[],
): string[] {
  const count = (rows: number): string => rows.toLocaleString("en-GB");
  const all = Uint32Array.from({ length: table.numRows }, (_, row) => row);
  const needed = [...new Set(features.flatMap(({ needs }) => needs))];
  const filled = needed.map((name) => ({ name, rows: missingRows(table, name, all) })).filter(({ rows }) => rows > 0);
  const leftOut = [
    ...recipeFeatures.filter((feature) => !features.includes(feature)).map(({ name }) => name),
    ...recipeCategories.filter((name) => !categories.includes(name)),
  ];
  const replaced = filled.map(({ name, rows }) => `${name} in ${count(rows)} rows`);
  return [
    ...(unlabelled === 0 ? [] : [`left out: ${count(unlabelled)} rows without a phase`]),
    ...(leftOut.length === 0 ? [] : [`features left out, as no training row has them: ${leftOut.join(", ")}`]),
    ...(filled.length === 0 ? [] : [`missing values, replaced by training medians: ${replaced.join(", ")}`]),
  ];
}
