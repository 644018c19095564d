import { InputError } from "../core/InputError.js";
import { type Random, seededRandom } from "../core/random/Random.js";
import { holmAdjusted } from "../core/statistics/holmAdjusted.js";
import type { Interval } from "../core/statistics/Interval.js";
import { kolmogorovDistance, sortedKolmogorovSmirnov } from "../core/statistics/kolmogorovSmirnov.js";
import { normalQuantile } from "../core/statistics/normalQuantile.js";
import { studentQuantile } from "../core/statistics/studentQuantile.js";
import { type Column, isCategory, type NumberColumn, type Table } from "../core/Table.js";
import { enoughForLaw } from "./detectors/cellTest.js";
import { chiSquareOf, compareCounts, countsOf } from "./detectors/chiSquareDrift.js";
import { differenceOfMeans } from "./detectors/differenceOfMeans.js";
import type { GroupLabels, SampleGroups } from "./detectors/DriftTest.js";
import { largestGap } from "./detectors/kolmogorovSmirnovDrift.js";
import { compareLevels } from "./detectors/levelDrift.js";
import { type GroupCounts, tooFewGroups } from "./detectors/permutationFloor.js";
import { permuteGroups } from "./detectors/permuteGroups.js";
import { groupMeans, type PooledGroups, pooledGroups } from "./detectors/pooledGroups.js";
import { cellsBetween, groupCells, massEdges, overGroups, type SampleCells } from "./detectors/sampleCells.js";
import { combined, foundShift, levelAlpha } from "./detectors/smallestDetectable.js";
import { sortedWasserstein } from "./detectors/wassersteinDistance.js";

/** One feature of two tables. */
export interface FeatureDrift {
  readonly feature: string;
  /** What was compared: values of numbers, levels of categories, or how many values are missing. */
  readonly compared: "values" | "levels" | "missing";
  /** Of `change` and `detectable`: the column's own, or "share". */
  readonly unit: string;
  /**
   * In [0, 1]: the largest distance of distribution functions (values), or
   * the total variation distance (levels, missing).
   */
  readonly distance: number;
  /** How far values must move to be distributed as in the reference, in their unit; null of levels and missing. */
  readonly wasserstein: number | null;
  /** Probability of as much if both came from one distribution; null where it is unknown. */
  readonly pValue: number | null;
  /** The same after Holm, over all comparisons; drifted where it is at most alpha. */
  readonly adjusted: number | null;
  readonly drifted: boolean;
  /** Why this is neither drift nor its absence, and what would be needed; null where it is known. */
  readonly unknown: string | null;
  readonly change: FeatureChange;
  /** Shift that would have been found four times of five, in the unit; null where no shift would. */
  readonly detectable: number | null;
  /** Rows that have a value, and the groups they come in. */
  readonly rows: GroupCounts;
  readonly groups: GroupCounts;
}

/** How much a feature changed: its mean, the share of the level that changed most, or that of missing values. */
export interface FeatureChange {
  /** "mean", "share of water", "share missing". */
  readonly of: string;
  readonly from: number;
  readonly to: number;
  readonly difference: number;
  /** Student's, over groups; null of fewer than three groups. */
  readonly interval: Interval | null;
}

/** How a table differs from another. */
export interface DriftReport {
  readonly features: readonly FeatureDrift[];
  /** How many of the comparisons found drift, and how many found nothing out. */
  readonly drifted: number;
  readonly unknown: number;
  readonly alpha: number;
  /** What rows come in: the column that names their batch; null where rows are taken as independent. */
  readonly groups: string | null;
  /** Columns that only this table or only the other has, or that are of another kind there. */
  readonly onlyCurrent: readonly string[];
  readonly onlyReference: readonly string[];
}

/** Two tables, and how they are to be compared. */
export interface DetectDriftOptions {
  readonly reference: Table;
  readonly current: Table;
  /** Column that names the batch of each row: rows of a batch are not independent (default: rows are). */
  readonly groups?: string;
  /** Columns that tell rows apart and are left out (default namesOfRows). */
  readonly rowNames?: readonly string[];
  /** Probability of any false alarm over all comparisons (default 0.05). */
  readonly alpha?: number;
  /**
   * A comparison that would miss a shift of so many standard deviations of rows, and found none, is unknown and not
   * passed (default 1).
   */
  readonly mustFind?: number;
  /** Of the permutations (default 1). */
  readonly seed?: number;
}

/** Columns that tell rows apart without being data. */
export const namesOfRows: readonly string[] = ["experiment", "sourceRow"];

/** Probability with which the shift that is called detectable is found. */
const power = 0.8;
/** Strange permutations after which a comparison ends: it has not drifted. */
const stopAfter = 20;

/**
 * Whether columns of a table are distributed as in a reference, and how much they moved, in their own unit. Numbers are
 * judged by level (levelDrift) and shape (Kolmogorov-Smirnov), categories and missing values by chi-square; where rows
 * come in batches, whole batches are permuted. Of two tables that come from one distribution any column is called
 * drifted with probability at most `alpha` over all of them together (Holm).
 *
 * What could not be found out is unknown, with what would be needed, and no pass.
 *
 * @throws InputError if a table has no rows, they have no column in common, a number is infinite, or groups do not fit
 * @throws RangeError if alpha is not in (0, 1)
 *
 * @example
 * ```ts
 * import { detectDrift, makeTable } from "cspbbr3-twin";
 *
 * const schema = { temperature: { kind: "number", unit: "°C", meaning: "of injection" } } as const;
 * const days = (mean: number) =>
 *   makeTable(schema, { temperature: Float64Array.from({ length: 40 }, (_, row) => mean + 8 * Math.sin(row)) });
 * const [{ drifted, change, unit }] = detectDrift({ reference: days(160), current: days(172) }).features;
 * console.log(drifted, change.difference.toFixed(1), unit);
 * // true 12.0 °C
 * ```
 */
export function detectDrift({
  reference,
  current,
  groups,
  rowNames = namesOfRows,
  alpha = 0.05,
  mustFind = 1,
  seed = 1,
}: DetectDriftOptions): DriftReport {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`detectDrift: alpha must be in (0, 1); got ${alpha}`);
  const [common, onlyCurrent, onlyReference] = sharedColumns(reference, current, [...rowNames, groups ?? ""]);
  if (common.length === 0)
    throw new InputError({
      where: "detectDrift",
      must: "the tables must have a column in common",
      got: "none",
      mend: "compare tables of the same kind",
    });
  if (reference.numRows === 0 || current.numRows === 0)
    throw new InputError({
      where: "detectDrift",
      must: "both tables must have rows",
      got: `${current.numRows} here and ${reference.numRows} in the reference`,
      mend: "wait until the window has rows, or name another reference",
    });
  const labels =
    groups === undefined ? undefined : { reference: labelsOf(reference, groups), current: labelsOf(current, groups) };
  const samples = common.flatMap((feature) => samplesOf(feature, reference, current, labels));
  const random = seededRandom(seed).fork("drift");
  const groupsOf = remembered(({ feature, rows, labels: groups }: Sample) =>
    pooledGroups(rows, { groups, random, where: `column ${feature}` }),
  );
  const compared = samples.map((sample) =>
    compare(sample, groupsOf(sample), { alpha: alpha / samples.length, mustFind, random }),
  );
  const tested = compared.filter(({ pValue }) => pValue !== null);
  const adjusted = new Map(holmAdjusted(tested.map(({ pValue }) => pValue!)).map((value, i) => [tested[i], value]));
  const features = compared.map((one): FeatureDrift => {
    const value = adjusted.get(one) ?? null;
    const drifted = value !== null && value <= alpha;
    return { ...one, adjusted: value, drifted, unknown: drifted ? null : one.unknown };
  });
  return {
    features,
    drifted: features.filter((one) => one.drifted).length,
    unknown: features.filter((one) => one.unknown !== null).length,
    alpha,
    groups: groups ?? null,
    onlyCurrent,
    onlyReference,
  };
}

/** Names in both tables and of one kind there; those of the current table alone; those of the reference alone. */
function sharedColumns(reference: Table, current: Table, left: readonly string[]): readonly (readonly string[])[] {
  const namesOf = ({ columns }: Table): string[] => Object.keys(columns).filter((name) => !left.includes(name));
  const isCommon = (name: string): boolean =>
    [reference, current].every(({ columns }) => Object.hasOwn(columns, name)) &&
    isCategory(reference.columns[name]) === isCategory(current.columns[name]);
  return [
    namesOf(current).filter(isCommon),
    namesOf(current).filter((name) => !isCommon(name)),
    namesOf(reference).filter((name) => !isCommon(name)),
  ];
}

function labelsOf(table: Table, name: string): GroupLabels {
  if (!Object.hasOwn(table.columns, name))
    throw new InputError({
      where: "groups",
      must: "must name a column of both tables",
      got: `"${name}"`,
      mend: `choose one of ${Object.keys(table.columns).slice(0, 30).join(", ")}`,
    });
  const column = table.columns[name];
  return isCategory(column) ? Array.from(column.codes, (code) => column.levels[code]) : Array.from(column);
}

/** What one comparison looks at: values of both tables that are there, one after another. */
interface Sample {
  readonly feature: string;
  readonly compared: FeatureDrift["compared"];
  readonly unit: string;
  readonly rows: GroupCounts;
  readonly labels: SampleGroups | undefined;
  /** Numbers, and the same in ascending order; or cells with their names. */
  readonly numbers?: Numbers;
  readonly levels?: SampleCells & { readonly names: readonly string[] };
}

interface Numbers {
  readonly pooled: Float64Array;
  readonly sorted: { readonly reference: Float64Array; readonly current: Float64Array; readonly pooled: Float64Array };
}

function samplesOf(
  feature: string,
  reference: Table,
  current: Table,
  labels: SampleGroups | undefined,
): readonly Sample[] {
  const [there, here] = [reference.columns[feature], current.columns[feature]];
  const present = { reference: presentRows(there), current: presentRows(here) };
  const all = { reference: reference.numRows, current: current.numRows };
  const rows = { reference: present.reference.length, current: present.current.length };
  const isWhole = rows.reference === all.reference && rows.current === all.current;
  const samples: Sample[] = [];
  if (rows.reference > 0 && rows.current > 0) {
    const own = { feature, rows, labels: isWhole || labels === undefined ? labels : labelsAt(labels, present) };
    if (isCategory(there) && isCategory(here)) {
      const texts = [...textsAt(there, present.reference), ...textsAt(here, present.current)];
      samples.push({ ...own, compared: "levels", unit: "share", levels: cellsOf(texts) });
    } else {
      const given = numbersAt([there, here] as readonly NumberColumn[], [present.reference, present.current], feature);
      // Rows that are their own groups may stand in any order: in this one places are found several times as fast.
      const numbers = labels === undefined ? { ...given, pooled: inOrder(given.sorted) } : given;
      samples.push({ ...own, compared: "values", unit: current.schema[feature].unit, numbers });
    }
  }
  if (!isWhole) {
    const codes = new Uint32Array(all.reference + all.current).fill(1);
    for (const row of present.reference) codes[row] = 0;
    for (const row of present.current) codes[all.reference + row] = 0;
    const levels = { codes, cells: 2, names: ["present", "missing"] };
    samples.push({ feature, rows: all, labels, compared: "missing", unit: "share", levels });
  }
  return samples;
}

/** Rows that have a value. */
function presentRows(column: Column): Uint32Array {
  const length = isCategory(column) ? column.codes.length : column.length;
  const rows = new Uint32Array(length);
  let count = 0;
  // Plain loops: this is done to every cell of both tables.
  if (isCategory(column)) {
    for (let row = 0; row < length; row++) if (column.levels[column.codes[row]] !== "") rows[count++] = row;
  } else for (let row = 0; row < length; row++) if (!Number.isNaN(column[row])) rows[count++] = row;
  return rows.subarray(0, count);
}

function labelsAt(
  labels: SampleGroups,
  present: { readonly reference: Uint32Array; readonly current: Uint32Array },
): SampleGroups {
  const of = (side: "reference" | "current"): GroupLabels => Array.from(present[side], (row) => labels[side][row]);
  return { reference: of("reference"), current: of("current") };
}

/** Every value is sorted once: all that is said of numbers comes from their order. */
function numbersAt(columns: readonly NumberColumn[], present: readonly Uint32Array[], feature: string): Numbers {
  const pooled = new Float64Array(present[0].length + present[1].length);
  let at = 0;
  present.forEach((rows, side) => {
    for (const row of rows) pooled[at++] = columns[side][row];
  });
  requireFinite(pooled, feature);
  const [reference, current] = [pooled.slice(0, present[0].length).sort(), pooled.slice(present[0].length).sort()];
  return { pooled, sorted: { reference, current, pooled: merged(reference, current) } };
}

function inOrder({ reference, current }: Numbers["sorted"]): Float64Array {
  const both = new Float64Array(reference.length + current.length);
  both.set(reference);
  both.set(current, reference.length);
  return both;
}

function merged(one: Float64Array, other: Float64Array): Float64Array<ArrayBuffer> {
  const both = new Float64Array(one.length + other.length);
  for (let i = 0, j = 0; i + j < both.length;)
    both[i + j] = j === other.length || one[i] <= other[j] ? one[i++] : other[j++];
  return both;
}

function textsAt(column: Extract<Column, { readonly levels: unknown }>, rows: Uint32Array): string[] {
  return Array.from(rows, (row) => column.levels[column.codes[row]]);
}

function cellsOf(texts: readonly string[]): NonNullable<Sample["levels"]> {
  const index = new Map<string, number>();
  const codes = Uint32Array.from(texts, (text) => {
    const code = index.get(text) ?? index.size;
    index.set(text, code);
    return code;
  });
  return { codes, cells: index.size, names: [...index.keys()] };
}

function requireFinite(numbers: Float64Array, feature: string): void {
  const wrong = numbers.find((value) => !Number.isFinite(value));
  if (wrong === undefined) return;
  throw new InputError({
    where: `column ${feature}`,
    must: "numbers must be finite",
    got: String(wrong),
    mend: "leave the cell empty where nothing was measured",
  });
}

/** Features that have every value come in the same groups, which are made once. */
function remembered(make: (sample: Sample) => PooledGroups): (sample: Sample) => PooledGroups {
  const known = new Map<string, { readonly labels: SampleGroups | undefined; readonly groups: PooledGroups }>();
  return (sample) => {
    const sizes = `${sample.rows.reference} ${sample.rows.current}`;
    const before = known.get(sizes);
    if (before !== undefined && before.labels === sample.labels) return before.groups;
    const groups = make(sample);
    known.set(sizes, { labels: sample.labels, groups });
    return groups;
  };
}

interface Judging {
  /** Of one comparison. */
  readonly alpha: number;
  readonly mustFind: number;
  readonly random: Random;
}

type Comparison = Omit<FeatureDrift, "adjusted" | "drifted">;

function compare(sample: Sample, groups: PooledGroups, { alpha, mustFind, random: all }: Judging): Comparison {
  const { feature, compared, unit, rows } = sample;
  const random = all.fork(feature).fork(compared);
  const { change, distance, wasserstein, values } = sample.numbers === undefined ? ofLevels(sample) : ofNumbers(sample);
  // Thinned groups are for the test alone: what is said of a feature rests on every row.
  const every = groups.thinnedTo === null ? groups.rows : Uint32Array.from(values.keys());
  const means = differenceOfMeans(groupMeans(groups, values, every), groups);
  const spent = compared === "values" ? levelAlpha(alpha) : alpha;
  const detectable = means.freedom > 0 ? foundShift(means.error, { ...means, alpha: spent, power }) : null;
  const floor = tooFewGroups(groups, spent, groups.isByRow ? "row" : "batch");
  const isBlind = detectable === null || !(detectable <= mustFind * deviationOf(values));
  const missed = detectable === null ? "any shift" : `shifts up to ${short(detectable)}${unitText(unit)}`;
  return {
    feature,
    compared,
    unit,
    distance,
    wasserstein,
    pValue: floor === null ? probability(sample, groups, { alpha, random }) : null,
    unknown: floor ?? (isBlind ? `${countText(groups)} would miss ${missed}` : null),
    change: { of: change, ...changed(means) },
    detectable,
    rows,
    groups: { reference: groups.reference, current: groups.current },
  };
}

/** What is said of a comparison, and a value per row whose mean is what changed. */
interface Described {
  readonly change: string;
  readonly distance: number;
  readonly wasserstein: number | null;
  readonly values: Float64Array;
}

function ofNumbers({ numbers }: Sample): Described {
  const { pooled, sorted } = numbers!;
  return {
    change: "mean",
    distance: kolmogorovDistance(sorted.current, sorted.reference),
    wasserstein: sortedWasserstein(sorted.reference, sorted.current),
    values: pooled,
  };
}

/** Of levels, the share that changed most. */
function ofLevels({ levels, rows, compared }: Sample): Described {
  const [there, here] = countsOf(levels!, rows.reference);
  const changes = there.map((count, cell) => Math.abs(here[cell] / rows.current - count / rows.reference));
  const most = compared === "missing" ? 1 : changes.indexOf(changes.reduce((one, other) => Math.max(one, other)));
  return {
    change: compared === "missing" ? "share missing" : `share of ${levels!.names[most]}`,
    distance: changes.reduce((sum, change) => sum + change, 0) / 2,
    wasserstein: null,
    values: Float64Array.from(levels!.codes, (code) => (code === most ? 1 : 0)),
  };
}

/** Permutations at which a probability of alpha is known to a third; a million at most. */
function drawsFor(alpha: number): number {
  return Math.min(1e6, Math.max(999, Math.ceil(10 / alpha)));
}

function probability(
  { numbers, levels, rows }: Sample,
  groups: PooledGroups,
  { alpha, random }: Pick<Judging, "alpha" | "random">,
): number {
  const { reference, current } = groups;
  const draws = drawsFor(alpha - levelAlpha(alpha));
  const permuting = { reference, current, draws, stopAfter, isSymmetric: true };
  if (numbers === undefined) {
    if (groups.isByRow && Math.min(reference, current) >= enoughForLaw) {
      const [there, here] = countsOf(levels!, rows.reference);
      return compareCounts(here, there).pValue;
    }
    return permuteGroups(overGroups(groupCells(groups, levels!), chiSquareOf), { ...permuting, random }).pValue;
  }
  const { pooled, sorted } = numbers;
  const ordered = { draws, stopAfter, sorted: sorted.pooled };
  const level = compareLevels(pooled, groups, { ...ordered, random: random.fork("level") }).pValue;
  // Its level alone has drifted already: the shape could not change the verdict.
  if (combined(level, 1) <= alpha) return combined(level, 1);
  if (groups.isByRow) return combined(level, sortedKolmogorovSmirnov(sorted.current, sorted.reference).pValue);
  const cells = groupCells(groups, cellsBetween(pooled, massEdges(pooled, sorted.pooled)));
  const shape = permuteGroups(overGroups(cells, largestGap), { ...permuting, random: random.fork("shape") });
  return combined(level, shape.pValue);
}

function changed({
  reference,
  current,
  difference,
  error,
  freedom,
}: ReturnType<typeof differenceOfMeans>): Omit<FeatureChange, "of"> {
  const of = { from: reference, to: current, difference };
  if (freedom < 1) return { ...of, interval: null };
  const reach = (freedom > 1000 ? normalQuantile(0.975) : studentQuantile(0.975, freedom)) * error;
  const method = `Student over ${freedom + 2} groups`;
  return { ...of, interval: { low: difference - reach, high: difference + reach, level: 0.95, method } };
}

function deviationOf(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

function countText({ reference, current, isByRow }: PooledGroups): string {
  return `${current} ${isByRow ? "rows" : "batches"} against ${reference}`;
}

function unitText(unit: string): string {
  return unit === "1" || unit === "" ? "" : ` ${unit}`;
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
