import { philoxUniforms } from "../core/random/philoxUniforms.js";
import { type CategoryColumn, categoryColumn, isCategory, type NumberColumn, type Table } from "../core/Table.js";

export interface NearPairsOptions {
  /** Columns to compare (default all). */
  readonly names?: readonly string[];
  /** Largest distance, above 0, in standard deviations. */
  readonly tolerance: number;
  /** Rows to look at, ascending (default all). */
  readonly rows?: Uint32Array;
  /** Part of each row of the table: only pairs of rows of different parts count (default: all pairs). */
  readonly partOf?: ArrayLike<number>;
}

/**
 * Hands over every pair of rows that are nearly, and not wholly, equal. Near are rows whose numbers, each in standard
 * deviations of its column over the rows looked at, are no farther apart than the tolerance (Euclidean), and whose
 * categories and missing values are the same. Equal rows are what `duplicateRows` finds: here they make no pair, and
 * the first of each part stands for all.
 *
 * Rows are projected on a few directions, in which near rows are as near or nearer, and meet in the cells of a grid;
 * only rows of one cell are compared in full. Time grows like the number of rows up to tolerances of about a tenth;
 * at a whole standard deviation nearly all rows meet, and it grows like their square (100,000 rows take minutes).
 *
 * @param onPair  gets the rows of a pair, the lower first, and their distance; pairs come in no order, and false ends
 *   the search
 * @throws RangeError if the tolerance is not above 0 or a number is infinite
 */
export function eachNearPair(
  table: Table,
  {
    names = Object.keys(table.columns),
    tolerance,
    rows = Uint32Array.from({ length: table.numRows }, (_, row) => row),
    partOf,
  }: NearPairsOptions,
  onPair: (one: number, other: number, distance: number) => boolean,
): void {
  if (!(tolerance > 0 && Number.isFinite(tolerance)))
    throw new RangeError(
      `eachNearPair: the tolerance must be a number above 0, in standard deviations; got ${tolerance}; ` +
        "duplicateRows finds equal rows",
    );
  const numbers = names.flatMap((name) =>
    isCategory(table.columns[name]) ? [] : [standardised(name, table.columns[name], rows)],
  );
  const categories = names.flatMap((name) =>
    isCategory(table.columns[name]) ? [withoutTwins(table.columns[name])] : [],
  );
  const grid = placeInGrid(numbers, rows, { kinds: kindsOf(numbers, categories, rows), tolerance });
  const squaredDistance = distanceOf(numbers, categories);
  const limit = tolerance ** 2;
  const found: { readonly other: number; readonly distance: number }[] = [];
  let kept: number[] = [];
  for (let bucket = 0; bucket + 1 < grid.starts.length; bucket++) {
    const end = grid.starts[bucket + 1];
    if (end - grid.starts[bucket] < 2) continue;
    kept = [];
    nextEntry: for (let at = grid.starts[bucket]; at < end; at++) {
      const entry = grid.entries[at];
      const place = grid.places[entry];
      const row = rows[place];
      found.length = 0;
      for (const other of kept) {
        if (grid.keys[other] !== grid.keys[entry]) continue;
        const otherRow = rows[grid.places[other]];
        const isSamePart = partOf === undefined || partOf[row] === partOf[otherRow];
        const squared = squaredDistance(row, otherRow, partOf === undefined || !isSamePart ? limit : 0);
        if (squared === 0 && isSamePart) continue nextEntry;
        // Rows that meet in several cells make their pair in one of them.
        if (squared > 0 && squared <= limit && grid.keys[entry] === grid.meetingKey(place, grid.places[other]))
          found.push({ other: otherRow, distance: Math.sqrt(squared) });
      }
      kept.push(entry);
      for (const { other, distance } of found) if (!onPair(other, row, distance)) return;
    }
  }
}

/** A number column and what brings its differences to standard deviations. */
interface Standardised {
  readonly values: NumberColumn;
  readonly mean: number;
  /** 1 over the standard deviation; 0 where all values are equal. */
  readonly scale: number;
  readonly hasMissing: boolean;
}

function standardised(name: string, values: NumberColumn, rows: Uint32Array): Standardised {
  let [count, sum, squares, origin] = [0, 0, 0, 0];
  for (let i = 0; i < rows.length; i++) {
    const value = values[rows[i]];
    if (value !== value) continue;
    // Sums run from a value of the column, so that a large mean does not swallow a small scatter.
    if (count === 0) origin = value;
    const difference = value - origin;
    sum += difference;
    squares += difference * difference;
    count++;
  }
  if (!Number.isFinite(squares)) {
    const row = rows.find((one) => Math.abs(values[one]) === Infinity);
    const odd =
      row === undefined
        ? `those of column ${name} are too large to be squared`
        : `row ${row}, column ${name} is ${values[row]}`;
    throw new RangeError(`eachNearPair: numbers must be finite, or missing; ${odd}`);
  }
  const mean = sum / Math.max(count, 1);
  const variance = squares / Math.max(count, 1) - mean ** 2;
  return {
    values,
    mean: origin + mean,
    scale: variance > 0 ? 1 / Math.sqrt(variance) : 0,
    hasMissing: count < rows.length,
  };
}

/** A level listed twice counts as one. */
function withoutTwins(column: CategoryColumn): CategoryColumn["codes"] {
  if (new Set(column.levels).size === column.levels.length) return column.codes;
  const { codes } = categoryColumn(column.levels);
  return Uint32Array.from(column.codes, (code) => codes[code]);
}

/**
 * Squared distance of two rows; Infinity as soon as it is above the limit or something that must be the same is not.
 */
function distanceOf(
  numbers: readonly Standardised[],
  categories: readonly CategoryColumn["codes"][],
): (a: number, b: number, limit: number) => number {
  return (a, b, limit) => {
    let squared = 0;
    for (let i = 0; i < numbers.length; i++) {
      const { values, scale } = numbers[i];
      const [one, other] = [values[a], values[b]];
      if (one !== one || other !== other) {
        if (one !== one && other !== other) continue;
        return Infinity;
      }
      const difference = (one - other) * scale;
      squared += difference * difference;
      if (squared > limit) return Infinity;
    }
    for (let i = 0; i < categories.length; i++) if (categories[i][a] !== categories[i][b]) return Infinity;
    return squared;
  };
}

/** More directions make cells emptier and rows near a border more common; these are enough for a million rows. */
const mostDirections = 6;

/**
 * A unit vector in the space of standardised columns, fixed for each number. Which it is decides the speed, not the
 * answer.
 */
function direction(row: number, columns: number): readonly number[] {
  const all = Array.from(philoxUniforms(columns, { row, key: [0x6e656172, 0] }), (u) => 2 * u - 1);
  const length = Math.hypot(...all);
  return all.map((value) => value / length);
}

/** Length of each row along a direction; a missing value adds nothing. */
function project(numbers: readonly Standardised[], rows: Uint32Array, along: readonly number[]): Float64Array {
  const lengths = new Float64Array(rows.length);
  numbers.forEach(({ values, mean, scale, hasMissing }, column) => {
    const weight = along[column] * scale;
    if (weight === 0) return;
    for (let i = 0; i < lengths.length; i++) {
      const value = values[rows[i]];
      if (!hasMissing || value === value) lengths[i] += weight * (value - mean);
    }
  });
  return lengths;
}

/** A hash of what must be the same in a pair: categories, and which values are missing. */
function kindsOf(
  numbers: readonly Standardised[],
  categories: readonly CategoryColumn["codes"][],
  rows: Uint32Array,
): Uint32Array {
  const kinds = new Uint32Array(rows.length);
  for (const { values, hasMissing } of numbers) {
    if (hasMissing)
      for (let i = 0; i < kinds.length; i++) kinds[i] = mixed(kinds[i], Number.isNaN(values[rows[i]]) ? 1 : 2);
  }
  for (const codes of categories) for (let i = 0; i < kinds.length; i++) kinds[i] = mixed(kinds[i], codes[rows[i]]);
  return kinds;
}

/** Two words into one, every bit moving many (the finaliser of MurmurHash3, Appleby). */
function mixed(hash: number, word: number): number {
  let h = Math.imul(hash, 0x01000193) ^ word;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/**
 * Rows by cell of a grid. A row stands in its own cell and in those above it from which it is no farther than the
 * tolerance.
 */
interface Grid {
  /** Cell of each entry, as a hash. */
  readonly keys: Int32Array;
  /** Row of each entry, as its place among the rows looked at. */
  readonly places: Uint32Array;
  /** Entries by bucket of a hash table, in order of rows; bucket b is starts[b] .. starts[b + 1] - 1. */
  readonly entries: Uint32Array;
  readonly starts: Uint32Array;
  /** Of the cells in which two near rows meet, the one that is theirs: the higher in every direction. */
  readonly meetingKey: (a: number, b: number) => number;
}

function placeInGrid(
  numbers: readonly Standardised[],
  looked: Uint32Array,
  { kinds, tolerance }: { readonly kinds: Uint32Array; readonly tolerance: number },
): Grid {
  const { used, width } = gridShape(numbers, looked, tolerance);
  const directions = used.length;
  const rows = kinds.length;
  const cells = new Int32Array(rows * directions);
  // Which upper borders a row is near, as bits.
  const borders = new Uint8Array(rows);
  let total = 0;
  for (let row = 0; row < rows; row++) {
    let near = 0;
    let copies = 1;
    for (let j = 0; j < directions; j++) {
      const at = used[j][row] / width;
      const cell = Math.floor(at);
      cells[row * directions + j] = cell;
      // A little more than the tolerance, for what rounding takes.
      if ((cell + 1 - at) * width <= tolerance * (1 + 1e-6) + 1e-9) {
        near |= 1 << j;
        copies *= 2;
      }
    }
    borders[row] = near;
    total += copies;
  }
  const keys = new Int32Array(total);
  const places = new Uint32Array(total);
  let next = 0;
  for (let row = 0; row < rows; row++) {
    // All subsets of the borders it is near, the empty one last.
    for (let above = borders[row]; ; above = (above - 1) & borders[row]) {
      let key = kinds[row] | 0;
      for (let j = 0; j < directions; j++) key = mixed(key, cells[row * directions + j] + ((above >> j) & 1));
      keys[next] = key;
      places[next++] = row;
      if (above === 0) break;
    }
  }
  const meetingKey = (a: number, b: number): number => {
    let key = kinds[a] | 0;
    for (let j = 0; j < directions; j++)
      key = mixed(key, Math.max(cells[a * directions + j], cells[b * directions + j]));
    return key;
  };
  return { keys, places, ...bucketed(keys), meetingKey };
}

function bucketed(keys: Int32Array): { readonly entries: Uint32Array; readonly starts: Uint32Array } {
  const buckets = 2 ** Math.ceil(Math.log2(keys.length + 2));
  const starts = new Uint32Array(buckets + 1);
  for (const key of keys) starts[(key & (buckets - 1)) + 1]++;
  for (let bucket = 0; bucket < buckets; bucket++) starts[bucket + 1] += starts[bucket];
  const filled = starts.slice();
  const entries = new Uint32Array(keys.length);
  for (let entry = 0; entry < keys.length; entry++) entries[filled[keys[entry] & (buckets - 1)]++] = entry;
  return { entries, starts };
}

/** Rows from which the scatter of a projection is estimated. */
const sampleRows = 1000;
/** What placing a row in one cell costs, in comparisons of two rows. */
const placingCost = 4;

/** The directions and the width of cells for which placing rows and comparing those of one cell should cost least. */
function gridShape(
  numbers: readonly Standardised[],
  looked: Uint32Array,
  tolerance: number,
): { readonly used: readonly Float64Array[]; readonly width: number } {
  const rows = looked.length;
  const step = Math.max(1, Math.floor(rows / sampleRows));
  const sample = looked.filter((_, i) => i % step === 0);
  const possible = Array.from({ length: Math.min(mostDirections, numbers.length) }, (_, row) =>
    direction(row, numbers.length),
  );
  const scatters = possible.map((along) => scatterOf(project(numbers, sample, along)));
  const order = scatters.map((_, i) => i).sort((a, b) => scatters[b] - scatters[a]);
  let best = { used: [] as readonly number[], width: 2 * tolerance, cost: Infinity };
  for (let directions = 0; directions <= order.length; directions++) {
    for (let width = 2 * tolerance; width <= 2 ** 20 * tolerance; width *= 2) {
      const copies = (1 + tolerance / width) ** directions;
      const used = order.slice(0, directions);
      // Chance that two rows of a normal scatter s share a cell: width over 2 sqrt(pi) s.
      const sharing = used.reduce(
        (product, i) => product * Math.min(1, width / (2 * Math.sqrt(Math.PI) * scatters[i])),
        1,
      );
      const cost = rows * copies * (placingCost + directions) + (rows ** 2 / 2) * sharing * copies;
      if (cost < best.cost) best = { used, width, cost };
    }
  }
  const used = best.used.map((i) => project(numbers, looked, possible[i]));
  // Cells are counted in 32 bits.
  const farthest = used.reduce(
    (most, lengths) => lengths.reduce((far, value) => Math.max(far, Math.abs(value)), most),
    0,
  );
  return { used, width: Math.max(best.width, farthest / 2 ** 30) };
}

/** Standard deviation by the quartiles, which a few far values do not widen. */
function scatterOf(values: Float64Array): number {
  const sorted = values.slice().sort();
  const quartiles = sorted[Math.floor(0.75 * (sorted.length - 1))] - sorted[Math.floor(0.25 * (sorted.length - 1))];
  return Math.max(quartiles / 1.349, Number.MIN_VALUE);
}
