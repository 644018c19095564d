import { calibrate } from "../calibration/calibrate.js";
import { phaseNames } from "../chemistry/phases.js";
import { builtInReagents, type ReagentList } from "../chemistry/reagentList.js";
import { routeNames } from "../chemistry/recipeSchema.js";
import { twinTerms } from "../chemistry/twinTerms.js";
import { argmax } from "../core/metrics/argmax.js";
import { type Matrix, selectMatrixRows } from "../core/Matrix.js";
import {
  categoryColumn,
  type Column,
  isCategory,
  makeTable,
  rowsWhere,
  selectColumns,
  selectRows,
  type Table,
  textsOf,
} from "../core/Table.js";
import { encode } from "../features/encode.js";
import type { TargetScale } from "../training/files/Model.js";
import { conformalIntervals } from "../uncertainty/conformal/conformalIntervals.js";
import { conformalSets } from "../uncertainty/conformal/conformalSets.js";
import type { ConformalIntervals } from "../uncertainty/conformal/fitConformalIntervals.js";
import { faultyRecipes, levelFaults, levelsOfEncoder, numberFaults, type RecipeFault } from "./checkRecipes.js";
import { crossSets } from "./crossSets.js";
import { domainAnswers } from "./domainLimits.js";
import type { LimitsWithout } from "./limitsWithout.js";
import { missingPatterns } from "./missingPatterns.js";
import type { PhaseAnswers, SaidNumbers } from "./meanAnswers.js";
import type { LoadedPhaseModel } from "./phaseModelOf.js";
import { possibleValue } from "./possibleValue.js";
import { type QuantityLimits, unanswerable } from "./quantityLimits.js";
import { columnsMissedBy, columnsOfEncoder } from "./recipeColumns.js";
import { withColumns } from "./withColumns.js";

/** What a model says of recipes, in columns: one entry per recipe that is answered. */
export interface AnswerColumns {
  /** Places of the recipes that are answered, counted from 0, ascending. */
  readonly rows: Uint32Array;
  /** Recipes that cannot be answered, and why, by ascending row: the first fault of each. */
  readonly refused: readonly RecipeFault[];
  /** Code of the likeliest phase. */
  readonly phase: Uint16Array;
  /** Calibrated, row-major [answers, phases]. */
  readonly probabilities: Float64Array;
  /** Of phases, in bits: holdsClass reads them. */
  readonly sets: Uint32Array;
  /** In which ways a recipe lies outside, by place in `rows`; those within are absent. */
  readonly outside: ReadonlyMap<number, readonly string[]>;
  /** From training rows, measured in their own spread; NaN where it is not checked. */
  readonly distance: Float64Array;
  /** What a recipe does not tell, and what that does to its limits. */
  readonly limits: readonly LimitsWithout[];
  readonly quantities: readonly QuantityColumn[];
  /** The recipes as the model was told them: in the terms of the twin, the columns that its encoder reads. */
  readonly told: Table;
  /** Places of recipes that name what is no reagent of the list, or what no training row had. */
  readonly strange: ReadonlySet<number>;
}

/** A number that is predicted of each recipe. */
export interface QuantityColumn {
  readonly column: string;
  readonly unit: string;
  /** NaN where it is not answered. */
  readonly value: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Why none is answered; null where they are. */
  readonly reason: string | null;
}

/** Of names that training rows did not have the twin knows all but routes that are not its own. */
const twinLevels: ReadonlyMap<string, readonly string[]> = new Map([["route", routeNames]]);
/** Without these a recipe is none. */
export const required: readonly string[] = ["caesiumMolar", "leadMolar", "bromideMolar"];

/**
 * Phases and quantities of recipes with their limits. Probabilities are calibrated, a set and intervals keep a promise,
 * and each recipe is said to be like those of training or not. Recipes may be written in any words of the reagent list,
 * and may leave values out: limits are then those of calibrate rows that are told as little. A recipe that is out of
 * range, cannot be carried out, or does not give caesium, lead and bromide is refused, and the others are answered.
 * Reads no file and no clock: it runs where the model is, also in a browser.
 *
 * @param recipes           columns of recipeColumns; those that are absent count as missing in every recipe
 * @param options.reagents  by which caesium and bromide sources are known (default the built-in list)
 */
export function answerColumns(
  model: LoadedPhaseModel,
  recipes: Table,
  { reagents = builtInReagents }: { readonly reagents?: ReagentList } = {},
): AnswerColumns {
  const { encoder, limits } = model;
  const columns = columnsOfEncoder(encoder);
  const whole = withColumns(recipes, columns);
  const { table: meant, unknown, unmodelled } = twinTerms(whole, reagents);
  const refused = firstFaults(model, recipes, meant);
  const answered = refused.length === 0 ? null : new Set(refused.map(({ row }) => row));
  const rows = rowsWhere(whole, (row) => answered?.has(row) !== true);
  const told = selectColumns(answered === null ? meant : selectRows(meant, rows), columns);
  const { table, strange } = withoutStrangeLevels(told, levelsOfEncoder(encoder));
  const features = encode({ ...encoder, unseen: "ignore" }, table);
  const labs = Object.hasOwn(recipes.columns, "lab") ? textsOf(recipes, "lab") : undefined;
  const ownLabs = Array.from(rows, (row) => labs?.[row] ?? "");
  const asked = model.knowsMore === true ? withoutStrangeLevels(told, twinLevels).table : table;
  const answers = model.answer(features, asked, ownLabs);
  const { probabilities } = answers;
  const mended = limits.calibrator === null ? probabilities : calibrate(limits.calibrator, probabilities);
  const made = emptyAnswers(rows.length, model);
  for (const { own, places } of byLimits(table, model)) {
    const isAll = places.length === rows.length;
    const some = isAll ? features : selectMatrixRows(features, places);
    fill(made, own, places, model, { features: some, ...(isAll ? answers : answersOf(answers, places)) });
  }
  const strangers = new Set<number>();
  const said = (names: readonly string[] | undefined, what: string): readonly string[] =>
    names === undefined ? [] : [`${names.map((name) => `"${name}"`).join(", ")}: ${what}`];
  if (strange.size + unknown.size + unmodelled.size > 0)
    rows.forEach((row, i) => {
      const more = [
        ...(strange.get(i) ?? []),
        ...said(unknown.get(row), "no reagent of the list"),
        ...said(unmodelled.get(row), "brings what the model does not count"),
      ];
      if (more.length === 0) return;
      strangers.add(i);
      made.outside.set(i, [...more, ...(made.outside.get(i) ?? [])]);
    });
  const { strangeLaboratory } = model;
  if (strangeLaboratory !== undefined)
    ownLabs.forEach((lab, i) => {
      const said = strangeLaboratory(lab);
      if (said !== null) made.outside.set(i, [...(made.outside.get(i) ?? []), said]);
    });
  return {
    rows,
    refused,
    phase: argmax(mended, phaseNames.length),
    probabilities: mended,
    ...made,
    told: table,
    strange: strangers,
  };
}

/** Numbers are judged in the twin's terms, and whether it can be carried out by the sources that were written. */
function firstFaults(
  { encoder, knowsMore = false }: LoadedPhaseModel,
  recipes: Table,
  meant: Table,
): readonly RecipeFault[] {
  const missed = columnsMissedBy(encoder);
  const mayMiss = (column: string): boolean => (knowsMore || missed.has(column)) && !required.includes(column);
  const first = new Map<number, RecipeFault>();
  const add = (fault: RecipeFault): void => void (first.has(fault.row) || first.set(fault.row, fault));
  for (const fault of numberFaults(meant, columnsOfEncoder(encoder), mayMiss)) add(fault);
  if (!knowsMore) for (const fault of levelFaults(meant, encoder)) add(fault);
  for (const fault of faultyRecipes(inOwnWords(meant, recipes))) add(fault);
  return [...first.values()].sort((a, b) => a.row - b.row);
}

/** Acids and amines of every kind counted, but sources as they were written: what has other ions is not judged. */
function inOwnWords(meant: Table, recipes: Table): Table {
  const sources = ["caesiumSource", "bromideSource"].filter((name) => Object.hasOwn(recipes.columns, name));
  const own = sources.map((name): [string, Column] => [name, recipes.columns[name]]);
  return makeTable(meant.schema, { ...meant.columns, ...Object.fromEntries(own) });
}

/** Words that training rows did not have say nothing to the model: they count as missing, and the recipe as outside. */
function withoutStrangeLevels(
  table: Table,
  known: ReadonlyMap<string, readonly string[]>,
): { readonly table: Table; readonly strange: ReadonlyMap<number, readonly string[]> } {
  const strange = new Map<number, string[]>();
  const changed: Record<string, Column> = {};
  for (const [name, levels] of known) {
    const column = table.columns[name] as Column | undefined;
    if (
      column === undefined ||
      !isCategory(column) ||
      column.levels.every((level) => level === "" || levels.includes(level))
    )
      continue;
    const texts = textsOf(table, name).map((text, row) => {
      if (text === "" || levels.includes(text)) return text;
      strange.set(row, [...(strange.get(row) ?? []), `${name} "${text}": none that training rows had`]);
      return "";
    });
    changed[name] = categoryColumn(texts);
  }
  return { table: makeTable(table.schema, { ...table.columns, ...changed }), strange };
}

/** Recipes that leave the same out have the same limits. */
function byLimits(
  table: Table,
  model: LoadedPhaseModel,
): readonly { readonly own: LimitsWithout; readonly places: Uint32Array }[] {
  const { patterns, columnsOf } = missingPatterns(table);
  const groups = new Map<number, number[]>();
  for (let row = 0; row < table.numRows; row++) {
    const group = groups.get(patterns[row]);
    if (group === undefined) groups.set(patterns[row], [row]);
    else group.push(row);
  }
  return [...groups.values()].map((places) => ({
    own: model.without(columnsOf(patterns[places[0]])),
    places: Uint32Array.from(places),
  }));
}

type Filled = Pick<AnswerColumns, "sets" | "distance" | "quantities"> & {
  readonly outside: Map<number, readonly string[]>;
  readonly limits: LimitsWithout[];
};

function emptyAnswers(rows: number, { limits }: LoadedPhaseModel): Filled {
  const missing = (): Float64Array => new Float64Array(rows).fill(NaN);
  return {
    sets: new Uint32Array(rows),
    outside: new Map(),
    distance: missing(),
    limits: new Array<LimitsWithout>(rows),
    quantities: limits.quantities.map((one) => ({
      column: one.column,
      unit: one.unit,
      value: missing(),
      low: missing(),
      high: missing(),
      reason: unanswerable(one),
    })),
  };
}

/** Writes what recipes of the same limits are answered. */
function fill(
  made: Filled,
  own: LimitsWithout,
  places: Uint32Array,
  { limits, targetScales }: LoadedPhaseModel,
  { features, probabilities, targets, folds, numbers }: { readonly features: Matrix } & PhaseAnswers,
): void {
  const sets =
    "foldOf" in own.sets ? crossSets(own.sets, probabilities, folds!) : conformalSets(own.sets, probabilities);
  const domain = domainAnswers(limits.domain, own, features);
  for (let i = 0; i < places.length; i++) {
    made.sets[places[i]] = sets[i];
    made.limits[places[i]] = own;
    made.distance[places[i]] = domain.distance[i];
  }
  for (const [i, said] of domain.outside) made.outside.set(places[i], said);
  const count = limits.quantities.length;
  made.quantities.forEach((quantity, k) => {
    if (quantity.reason !== null) return;
    const centre = (): Float64Array => Float64Array.from(places, (_, i) => targets[i * count + k]);
    const said = numbers?.[k] ?? networkNumbers(limits.quantities[k], own.intervals[k], targetScales[k], centre);
    if (said === null) return;
    for (let i = 0; i < places.length; i++) {
      quantity.value[places[i]] = said.value[i];
      quantity.low[places[i]] = said.low[i];
      quantity.high[places[i]] = said.high[i];
    }
  });
}

/** What networks say of a quantity, in its unit; null where too few calibrate rows measured it. */
function networkNumbers(
  { column, scale }: QuantityLimits,
  intervals: ConformalIntervals,
  { mean, scale: spread }: TargetScale,
  centreOf: () => Float64Array,
): SaidNumbers | null {
  const [{ reason: few }] = intervals.thresholds;
  if (few !== null) return null;
  // An interval that holds a possible value holds it within these bounds too.
  const back = (one: number): number =>
    possibleValue(column, scale === "ln" ? Math.exp(mean + spread * one) : mean + spread * one);
  const centre = centreOf();
  const ends = conformalIntervals(intervals, { centre });
  return { value: centre.map(back), low: ends.low.map(back), high: ends.high.map(back) };
}

/** Of some of the rows. */
function answersOf({ probabilities, targets, folds, numbers }: PhaseAnswers, places: Uint32Array): PhaseAnswers {
  const rows = probabilities.length / phaseNames.length;
  const of = (values: Float64Array): Float64Array => ofRows(values, places, values.length / rows);
  return {
    probabilities: of(probabilities),
    targets: of(targets),
    ...(folds === undefined ? {} : { folds: folds.map(of) }),
    ...(numbers === undefined
      ? {}
      : { numbers: numbers.map(({ value, low, high }) => ({ value: of(value), low: of(low), high: of(high) })) }),
  };
}

function ofRows(values: Float64Array, rows: Uint32Array, width: number): Float64Array {
  const picked = new Float64Array(rows.length * width);
  rows.forEach((row, i) => picked.set(values.subarray(row * width, (row + 1) * width), i * width));
  return picked;
}
