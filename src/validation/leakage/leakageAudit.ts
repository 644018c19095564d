import { recipeFields } from "../../chemistry/recipeSchema.js";
import { dayNumbers } from "../../core/dayNumbers.js";
import { duplicateRows } from "../../core/duplicateRows.js";
import { nearEqualLevels } from "../../core/nearEqualLevels.js";
import { nearDuplicateRows } from "./nearDuplicateRows.js";
import { type Split, splitParts } from "../../core/Split.js";
import { isCategory, selectRows, type Table, textsOf } from "../../core/Table.js";
import { wilsonInterval } from "../../core/statistics/wilsonInterval.js";
import { isSameInformation, prepareColumn } from "./isSameInformation.js";
import { labelEncoding } from "./labelEncoding.js";

/** Ways in which a test can be easier than the world, in the order they are looked for. */
export const leakKinds = [
  "repeated index",
  "duplicate rows",
  "near duplicate rows",
  "group overlap",
  "time overlap",
  "synthetic rows outside training",
  "feature that encodes the label",
  "latent feature",
] as const;

/** One of the ways in which a test can be easier than the world. */
export type LeakKind = (typeof leakKinds)[number];

/** One way in which a test is easier than the world, with the rows or columns concerned and the mend. */
export interface Leak {
  readonly kind: LeakKind;
  /** Columns that leak, or by which rows do. */
  readonly columns: readonly string[];
  /** Row indices concerned, ascending; empty where a whole column leaks. */
  readonly rows: Uint32Array;
  /** What was found and why it flatters. */
  readonly meaning: string;
  readonly mend: string;
}

/** What leakageAudit found, and what it looked for. */
export interface LeakageReport {
  readonly leaks: readonly Leak[];
  /**
   * Rows, or for the two kinds of features columns, that leak; null where it is not known: nothing was given to look
   * for, or too few rows to tell.
   */
  readonly counts: Readonly<Record<LeakKind, number | null>>;
  readonly clean: boolean;
  readonly features: readonly string[];
  /** Distance within which rows are near duplicates, in standard deviations. */
  readonly tolerance: number;
  /** Balanced accuracy of a single feature from which on it encodes the label. */
  readonly encodingBound: number;
}

/** What leakageAudit looks at, and what counts as near. */
export interface LeakageOptions {
  /** Columns that a model would read (default: the columns of a recipe). */
  readonly features?: readonly string[];
  /** Category column that a model would predict; without it no feature can be found to encode it. */
  readonly label?: string;
  /**
   * Category columns of which no value may be in two parts: "lab", "batch", "doi". Rows without a value are left out.
   * Values that are nearly equal ("B12", "b12", see nearEqualLevels) count as overlap too, in a leak of their own.
   */
  readonly groups?: readonly string[];
  /** Column of times or of dates (YYYY-MM-DD), where the split claims to run forward in time. */
  readonly time?: string;
  /** Per row of the table: not 0 where it was made by balancing. */
  readonly synthetic?: ArrayLike<number>;
  /** Euclidean, in standard deviations of the features (default 0.01). */
  readonly tolerance?: number;
  /** In (0.5, 1] (default 0.99): a strong honest feature stays below, a code of the label does not. */
  readonly encodingBound?: number;
}

/**
 * Looks for leakage: what makes a test easier than new experiments would be. Rows of training that come again
 * elsewhere, wholly or nearly; groups and times that overlap; rows of balancing outside training; features that hold
 * the label or what only the simulator knows. It finds what is planted in the open; a code spread over several
 * columns stays hidden. Among a few features thousands of rows are near each other by chance: near duplicates mean
 * something where there are many.
 *
 * A feature encodes the label if it alone, learnt on the training rows, guesses the class of the others with a
 * balanced accuracy of at least `encodingBound`, and a 95 % interval of the share guessed right that lies above 0.9;
 * with fewer than 35 such rows, or of one class, nothing can be told. A feature is latent by its field, by a name
 * that begins with "true", or because it is a latent column of the table in disguise (see isSameInformation). A
 * recipe column is not held against its own true value: instruments may be exact.
 *
 * @throws RangeError if the table is empty, a column is not there or not of the kind asked for, a row is not in the
 *   table, or an option is out of range
 *
 * @example
 * ```ts
 * import { generateExperiments, leakageAudit, seededRandom, stratifiedSplit, textsOf } from "cspbbr3-twin";
 *
 * const { table } = await generateExperiments({ rows: 500, seed: 1 });
 * const split = stratifiedSplit(textsOf(table, "phase"), seededRandom(1));
 * const { clean, leaks } = leakageAudit(table, split, { label: "phase", groups: ["batch"] });
 * console.log(clean, leaks.map(({ kind }) => kind));
 * // false [ 'group overlap' ]
 * ```
 */
export function leakageAudit(
  table: Table,
  split: Split,
  {
    features = Object.keys(recipeFields).filter((name) => Object.hasOwn(table.columns, name)),
    label,
    groups = [],
    time,
    synthetic,
    tolerance = 0.01,
    encodingBound = 0.99,
  }: LeakageOptions = {},
): LeakageReport {
  if (table.numRows === 0) throw new RangeError("leakageAudit: the table must have rows; got an empty one");
  if (features.length === 0)
    throw new RangeError(
      "leakageAudit: there must be features to look at; the table has no column of a recipe; name them with features",
    );
  for (const name of [...features, ...groups, ...[label, time].filter((one) => one !== undefined)]) {
    if (!Object.hasOwn(table.columns, name))
      throw new RangeError(`leakageAudit: no column "${name}"; the table has ${Object.keys(table.columns).join(", ")}`);
  }
  if (!(encodingBound > 0.5 && encodingBound <= 1))
    throw new RangeError(`leakageAudit: encodingBound must be in (0.5, 1]; got ${encodingBound}`);
  if (synthetic !== undefined && synthetic.length !== table.numRows)
    throw new RangeError(
      `leakageAudit: synthetic must have one value per row, ${table.numRows}; got ${synthetic.length}`,
    );
  const { partOf, repeated } = placeRows(table, split);
  const rows = Uint32Array.from(partOf.keys()).filter((row) => partOf[row] !== noPart);
  const context: Context = { table, split, partOf, rows, features };
  const found: Readonly<Record<LeakKind, readonly Leak[] | null>> = {
    "repeated index": repeatedIndices(repeated),
    "duplicate rows": duplicates(context),
    "near duplicate rows": nearDuplicates(context, tolerance),
    "group overlap": groups.length === 0 ? null : groups.flatMap((name) => groupOverlap(context, name)),
    "time overlap": time === undefined ? null : timeOverlap(context, time),
    "synthetic rows outside training": synthetic === undefined ? null : syntheticRows(context, synthetic),
    "feature that encodes the label": label === undefined ? null : encodingFeatures(context, label, encodingBound),
    "latent feature": latentFeatures(context),
  };
  const leaks = leakKinds.flatMap((kind) => found[kind] ?? []);
  const count = (all: readonly Leak[] | null): number | null =>
    all && all.reduce((sum, { rows: some, columns }) => sum + (some.length || columns.length), 0);
  const counts = Object.fromEntries(leakKinds.map((kind) => [kind, count(found[kind])])) as Record<
    LeakKind,
    number | null
  >;
  return { leaks, counts, clean: leaks.length === 0, features, tolerance, encodingBound };
}

interface Context {
  readonly table: Table;
  readonly split: Split;
  /** Part of each row, `noPart` where it is in none. */
  readonly partOf: Uint8Array;
  /** Rows that are in a part, ascending. */
  readonly rows: Uint32Array;
  readonly features: readonly string[];
}

const noPart = 255;

/** The part of each row, the first where it is in several, and the rows that come more than once. */
function placeRows(
  table: Table,
  split: Split,
): { readonly partOf: Uint8Array; readonly repeated: ReadonlySet<number> } {
  const partOf = new Uint8Array(table.numRows).fill(noPart);
  const repeated = new Set<number>();
  splitParts.forEach((name, part) => {
    for (const row of split[name]) {
      if (row >= table.numRows)
        throw new RangeError(
          `leakageAudit: rows must be below ${table.numRows}; ${name} has ${row}; split this table anew`,
        );
      if (partOf[row] === noPart) partOf[row] = part;
      else repeated.add(row);
    }
  });
  return { partOf, repeated };
}

function repeatedIndices(repeated: ReadonlySet<number>): readonly Leak[] {
  return leakOf(
    "repeated index",
    [],
    repeated,
    (n, first) =>
      `${n} come more than once within a part or in two parts, the first of them row ${first}: ` +
      "they count twice, or are tested after training",
    "split anew: parts must be disjoint",
  );
}

function duplicates({ table, partOf, rows, features }: Context): readonly Leak[] {
  const looked = rows.length === table.numRows ? table : selectRows(table, rows);
  const across = duplicateRows(looked, { names: features })
    .map((group) => group.map((i) => rows[i]))
    .filter((group) => group.some((row) => partOf[row] !== partOf[group[0]]));
  return leakOf(
    "duplicate rows",
    features,
    across.flat(),
    (n, first) =>
      `${n} are equal in every feature to a row of another part, the first of them row ${first}: ` +
      "what is tested was seen in training",
    "keep equal rows in one part (groupedSplit with a group per recipe), or keep one of each",
  );
}

function nearDuplicates({ table, partOf, rows, features }: Context, tolerance: number): readonly Leak[] {
  const { pairs, complete } = nearDuplicateRows(table, { names: features, tolerance, rows, partOf });
  const which = pairs.flatMap((pair) => pair.rows);
  return leakOf(
    "near duplicate rows",
    features,
    which,
    (n, first) =>
      `${complete ? "" : "at least "}${n} are within ${tolerance} standard deviations of a row of another part, the ` +
      `first of them row ${first}: what is tested was as good as seen in training`,
    "keep repeats of an experiment in one part (groupedSplit by batch or recipe)",
  );
}

function groupOverlap({ table, partOf, rows }: Context, name: string): readonly Leak[] {
  const column = table.columns[name];
  if (!isCategory(column))
    throw new RangeError(`leakageAudit: groups must be category columns; ${name} holds numbers; make texts of them`);
  const texts = textsOf(table, name);
  const parts = new Map<string, number>();
  for (const row of rows) parts.set(texts[row], (parts.get(texts[row]) ?? 0) | (1 << partOf[row]));
  const isMany = (some: number): boolean => (some & (some - 1)) !== 0;
  const isShared = (group: string): boolean => group !== "" && isMany(parts.get(group)!);
  const shared = [...parts.keys()].filter(isShared);
  const near = nearEqualLevels(parts.keys()).filter(
    (group) =>
      isMany(group.reduce((union, level) => union | parts.get(level)!, 0)) && !group.every((level) => isShared(level)),
  );
  const isNear = new Set(near.flat().filter((level) => !isShared(level)));
  return [
    ...leakOf(
      "group overlap",
      [name],
      rows.filter((row) => isShared(texts[row])),
      (n) =>
        `${n} belong to ${shared.length} values of ${name} that are in two parts or more, such as "${shared[0]}": ` +
        `rows of one ${name} answer for each other`,
      `split with groupedSplit by ${name}`,
    ),
    ...leakOf(
      "group overlap",
      [name],
      rows.filter((row) => isNear.has(texts[row])),
      (n) =>
        `${n} belong to values of ${name} that are written nearly like one in another part, ` +
        `${near.length} in all, such as ${near[0].map((level) => `"${level}"`).join(" and ")}: they may be one ${name}`,
      `write each ${name} in one way, and split with groupedSplit by it`,
    ),
  ];
}

function timeOverlap({ table, split, rows }: Context, name: string): readonly Leak[] {
  const column = table.columns[name];
  const times = new Float64Array(table.numRows);
  if (isCategory(column)) {
    const days = dayNumbers(Array.from(rows, (row) => column.levels[column.codes[row]]));
    rows.forEach((row, i) => (times[row] = days[i]));
  } else rows.forEach((row) => (times[row] = column[row]));
  const bare = rows.find((row) => !Number.isFinite(times[row]));
  if (bare !== undefined)
    throw new RangeError(
      `leakageAudit: every row of the split must have a time; row ${bare} has none in ${name}; leave such rows out`,
    );
  const late = new Set<number>();
  let first = Infinity;
  for (const part of [...splitParts].reverse()) {
    for (const row of split[part]) if (times[row] >= first) late.add(row);
    for (const row of split[part]) first = Math.min(first, times[row]);
  }
  return leakOf(
    "time overlap",
    [name],
    late,
    (n, row) =>
      `${n} are no earlier than the first row of a later part, the first of them row ${row}: ` +
      "a model would learn from what comes after its test",
    "split with temporalSplit, or do not call the split temporal",
  );
}

function syntheticRows({ split }: Context, synthetic: ArrayLike<number>): readonly Leak[] {
  const outside = splitParts.slice(1).flatMap((part) => Array.from(split[part]).filter((row) => synthetic[row] !== 0));
  return leakOf(
    "synthetic rows outside training",
    [],
    outside,
    (n, first) =>
      `${n} were made by balancing and are not in training, the first of them row ${first}: ` +
      "they lie between training rows, and no experiment made them",
    "split first, and balance the training rows alone",
  );
}

/** A share of right guesses that must lie below the interval, or there are too few rows to tell. */
const surely = 0.9;

function encodingFeatures(
  { table, split, features }: Context,
  label: string,
  encodingBound: number,
): readonly Leak[] | null {
  const column = table.columns[label];
  if (!isCategory(column))
    throw new RangeError(`leakageAudit: the label must be a category column; ${label} holds numbers`);
  const isLabelled = (row: number): boolean => column.levels[column.codes[row]] !== "";
  const train = split.train.filter(isLabelled);
  const heldOut = Uint32Array.from(splitParts.slice(1).flatMap((part) => [...split[part]])).filter(isLabelled);
  // One class is guessed right by a column of zeros, a few rows by luck.
  if (
    train.length === 0 ||
    new Set(Array.from(heldOut, (row) => column.codes[row])).size < 2 ||
    wilsonInterval(heldOut.length, heldOut.length).low <= surely
  )
    return null;
  return features.flatMap((name) => {
    const { balancedAccuracy, hits, trials } = labelEncoding(table.columns[name], column.codes, { train, heldOut });
    if (balancedAccuracy < encodingBound || wilsonInterval(hits, trials).low <= surely) return [];
    return [
      {
        kind: "feature that encodes the label",
        columns: [name],
        rows: new Uint32Array(0),
        meaning:
          `${name} alone guesses ${label} with a balanced accuracy of ${Number(balancedAccuracy.toFixed(4))} ` +
          `on ${trials} rows outside training (bound ${encodingBound}): it holds the answer`,
        mend: "leave the column out, or show that it is known before the outcome and raise encodingBound",
      },
    ];
  });
}

/** Pairs of columns are held against each other on this many rows first, by a looser bound. */
const screenedRows = 2000;
const screeningBound = 0.999;

function latentFeatures({ table, rows, features }: Context): readonly Leak[] {
  const isLatent = (name: string): boolean => table.schema[name].latent === true || /^true[A-Z]/.test(name);
  const step = Math.ceil(rows.length / screenedRows);
  const sample = rows.filter((_, i) => i % step === 0);
  const latents = Object.keys(table.columns)
    .filter(isLatent)
    .map((name) => ({ name, screened: prepareColumn(table.columns[name], sample) }));
  return features.flatMap((name) => {
    const leak = (meaning: string): readonly Leak[] => [
      {
        kind: "latent feature",
        columns: [name],
        rows: new Uint32Array(0),
        meaning,
        mend: "leave the column out: no experiment measures it",
      },
    ];
    if (isLatent(name)) return leak(`${name} is known to the simulator alone`);
    if (latents.length === 0) return [];
    const ownTruth = Object.hasOwn(recipeFields, name) ? `true${name[0].toUpperCase()}${name.slice(1)}` : null;
    const screened = prepareColumn(table.columns[name], sample);
    const twin = latents
      .filter(
        (latent) =>
          latent.name !== ownTruth && isSameInformation(screened, latent.screened, { rankBound: screeningBound }),
      )
      .find((latent) =>
        isSameInformation(prepareColumn(table.columns[name], rows), prepareColumn(table.columns[latent.name], rows)),
      );
    return twin === undefined
      ? []
      : leak(`${name} is ${twin.name} in disguise (same ranks or renamed levels), which the simulator alone knows`);
  });
}

/** No leak if no row is concerned. */
function leakOf(
  kind: LeakKind,
  columns: readonly string[],
  rows: Iterable<number>,
  meaning: (howMany: string, first: number) => string,
  mend: string,
): readonly Leak[] {
  const all = Uint32Array.from(new Set(rows)).sort();
  return all.length === 0
    ? []
    : [
        {
          kind,
          columns,
          rows: all,
          meaning: meaning(`${all.length} ${all.length === 1 ? "row" : "rows"}`, all[0]),
          mend,
        },
      ];
}
