import { chiSquareTest } from "../core/statistics/chiSquareTest.js";
import { holmAdjusted } from "../core/statistics/holmAdjusted.js";
import { kolmogorovSmirnov } from "../core/statistics/kolmogorovSmirnov.js";
import { type CategoryColumn, type Column, isCategory, type Table } from "../core/Table.js";

/** One column of two tables. */
export interface ColumnDrift {
  readonly name: string;
  /** What was compared: values of numbers, levels of categories, or how many values are missing. */
  readonly compared: "values" | "levels" | "missing";
  /**
   * In [0, 1]: the largest distance of distribution functions (values), or
   * the total variation distance (levels, missing).
   */
  readonly distance: number;
  /** Probability of as much if both came from one distribution; null where rows are too few to tell. */
  readonly pValue: number | null;
  /** The same after Holm, over all comparisons. */
  readonly adjusted: number | null;
  readonly drifted: boolean;
}

/** How a table differs from another. */
export interface TableDrift {
  readonly columns: readonly ColumnDrift[];
  readonly drifted: number;
  readonly alpha: number;
  /** Columns that only this table or only the other has, or that are of another kind there. */
  readonly onlyHere: readonly string[];
  readonly onlyThere: readonly string[];
}

/** Columns that tell rows apart without being data. */
export const namesOfRows: readonly string[] = ["experiment", "sourceRow"];

/**
 * Levels that a sample should have fewer rows of than this are compared together:
 * the chi-square law does not hold for them alone.
 */
const leastExpected = 5;

/**
 * Whether columns of a table are distributed as in a reference: Kolmogorov-Smirnov for numbers,
 * chi-square for categories and for missing values. Of two tables that come from one distribution a
 * column is called drifted with probability at most `alpha` over all columns together. Rows are taken as
 * independent; rows that come in batches drift sooner.
 *
 * @param options.rowNames  columns that tell rows apart and are left out
 * @param options.alpha     in (0, 1) (default 0.05)
 * @throws RangeError if a table is empty or they have no column in common
 */
export function tableDrift(
  table: Table,
  reference: Table,
  { rowNames = namesOfRows, alpha = 0.05 }: { readonly rowNames?: readonly string[]; readonly alpha?: number } = {},
): TableDrift {
  if (table.numRows === 0 || reference.numRows === 0)
    throw new RangeError(`tableDrift: both tables must have rows; got ${table.numRows} and ${reference.numRows}`);
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`tableDrift: alpha must be in (0, 1); got ${alpha}`);
  const namesOf = ({ columns }: Table): string[] => Object.keys(columns).filter((name) => !rowNames.includes(name));
  const isCommon = (name: string): boolean =>
    [table, reference].every(({ columns }) => Object.hasOwn(columns, name)) &&
    isCategory(table.columns[name]) === isCategory(reference.columns[name]);
  const common = namesOf(table).filter(isCommon);
  if (common.length === 0) throw new RangeError("tableDrift: the tables must have a column in common; they have none");
  const compared = common.flatMap((name) => comparisons(name, table.columns[name], reference.columns[name]));
  const tested = compared.filter(({ pValue }) => pValue !== null);
  const adjusted = new Map(holmAdjusted(tested.map(({ pValue }) => pValue!)).map((value, i) => [tested[i], value]));
  const columns = compared.map((one) => ({
    ...one,
    adjusted: adjusted.get(one) ?? null,
    drifted: (adjusted.get(one) ?? 1) <= alpha,
  }));
  return {
    columns,
    drifted: columns.filter(({ drifted }) => drifted).length,
    alpha,
    onlyHere: namesOf(table).filter((name) => !isCommon(name)),
    onlyThere: namesOf(reference).filter((name) => !isCommon(name)),
  };
}

type Comparison = Omit<ColumnDrift, "adjusted" | "drifted">;

function comparisons(name: string, here: Column, there: Column): readonly Comparison[] {
  const [values, others] = [presentOf(here), presentOf(there)];
  const rows = [here, there].map((column) => (isCategory(column) ? column.codes.length : column.length));
  const missing = [rows[0] - values.length, rows[1] - others.length];
  const all: Comparison[] = [];
  if (values.length > 0 && others.length > 0)
    all.push(
      isCategory(here)
        ? compareLevels(name, values as string[], others as string[])
        : compareValues(name, values as Float64Array, others as Float64Array),
    );
  if (missing[0] + missing[1] > 0)
    all.push({ name, compared: "missing", ...compareCounts([missing[0], values.length], [missing[1], others.length]) });
  return all;
}

function presentOf(column: Column): Float64Array | readonly string[] {
  if (!isCategory(column)) return Float64Array.from(column).filter((value) => !Number.isNaN(value));
  return textsOfPresent(column);
}

function textsOfPresent({ codes, levels }: CategoryColumn): readonly string[] {
  return Array.from(codes, (code) => levels[code]).filter((text) => text !== "");
}

function compareValues(name: string, here: Float64Array, there: Float64Array): Comparison {
  const { statistic, pValue } = kolmogorovSmirnov(here, there);
  return { name, compared: "values", distance: statistic, pValue };
}

function compareLevels(name: string, here: readonly string[], there: readonly string[]): Comparison {
  const [a, b] = [here, there].map((texts) => {
    const counts = new Map<string, number>();
    for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
    return counts;
  });
  const levels = [...new Set([...a.keys(), ...b.keys()])];
  return {
    name,
    compared: "levels",
    ...compareCounts(
      levels.map((level) => a.get(level) ?? 0),
      levels.map((level) => b.get(level) ?? 0),
    ),
  };
}

function compareCounts(a: readonly number[], b: readonly number[]): Pick<Comparison, "distance" | "pValue"> {
  const [rowsA, rowsB] = [a, b].map((counts) => counts.reduce((sum, count) => sum + count, 0));
  const distance = a.reduce((sum, count, i) => sum + Math.abs(count / rowsA - b[i] / rowsB), 0) / 2;
  const smaller = Math.min(rowsA, rowsB) / (rowsA + rowsB);
  const isRare = a.map((count, i) => (count + b[i]) * smaller < leastExpected);
  const pooled = [a, b].map((counts) => {
    const rare = counts.reduce((sum, count, i) => sum + (isRare[i] ? count : 0), 0);
    return [...counts.filter((_, i) => !isRare[i]), rare];
  });
  // Rare levels together may still be rare: then they are left out, as long as others remain.
  const restIsRare = (pooled[0].at(-1)! + pooled[1].at(-1)!) * smaller < leastExpected;
  const [some, others] = restIsRare ? pooled.map((counts) => counts.slice(0, -1)) : pooled;
  const hasRows = [some, others].every((counts) => counts.reduce((sum, count) => sum + count, 0) > 0);
  return { distance, pValue: hasRows ? (chiSquareTest(some, others)?.pValue ?? (a.length === 1 ? 1 : null)) : null };
}
