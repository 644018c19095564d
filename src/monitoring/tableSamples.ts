import { InputError } from "../core/InputError.js";
import { type CategoryColumn, type Column, isCategory, type NumberColumn, type Table } from "../core/Table.js";
import type { GroupLabels } from "./detectors/DriftTest.js";
import { type CodedGroups, codedGroups } from "./detectors/pooledGroups.js";
import { levelCells } from "./detectors/sampleCells.js";
import { type PlacedSample, placesOf } from "./detectors/SortedSample.js";
import { sortedNumbers } from "./detectors/sortedNumbers.js";

/** A table made ready to be compared: the numbers of a column sorted, or its levels counted, once. */
export interface TableSamples {
  readonly numRows: number;
  /** Of all rows; null where rows are taken as independent. */
  readonly groups: CodedGroups | null;
  readonly columns: Readonly<Record<string, ColumnSample>>;
}

/** The rows of a column that have a value. */
export interface ColumnSample {
  readonly rows: number;
  /** Whether a row has none; null where none has. */
  readonly missing: Uint32Array | null;
  /** Of the rows that have a value. */
  readonly groups: CodedGroups | null;
  readonly unit: string;
  readonly values: PlacedSample | LevelSample;
}

/** Levels of a category in order of their first row. */
export interface LevelSample {
  readonly codes: Uint32Array;
  readonly names: readonly string[];
}

/**
 * Samples of some columns of a table.
 *
 * @param groups  column that names the batch of each row
 * @throws InputError if a number is infinite, there is no such column, or a row does not name its batch
 */
export function tableSamples(table: Table, names: readonly string[], groups: string | null): TableSamples {
  const labels = groups === null ? null : labelsOf(table, groups);
  const every = labels === null ? null : codedGroups(labels, table.numRows, `column ${groups}`);
  const sample = (name: string): ColumnSample => {
    const column = table.columns[name];
    const rows = presentRows(column);
    const isWhole = rows.length === table.numRows;
    const own = (): GroupLabels => Array.from(rows, (row) => labels![row]);
    return {
      rows: rows.length,
      missing: isWhole ? null : missingCells(rows, table.numRows),
      groups: isWhole || labels === null || rows.length === 0 ? every : codedGroups(own(), rows.length, name),
      unit: table.schema[name].unit,
      values: isCategory(column)
        ? levelsAt(column, rows)
        : numbersAt(column, rows, { name, isOrdered: labels === null }),
    };
  };
  return {
    numRows: table.numRows,
    groups: every,
    columns: Object.fromEntries(names.map((name) => [name, sample(name)])),
  };
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

/** 1 where a row has no value. */
function missingCells(present: Uint32Array, rows: number): Uint32Array {
  const missing = new Uint32Array(rows).fill(1);
  for (const row of present) missing[row] = 0;
  return missing;
}

function levelsAt({ codes, levels }: CategoryColumn, rows: Uint32Array): LevelSample {
  const known = new Map<string, number>();
  const cells = levelCells(
    Array.from(rows, (row) => levels[codes[row]]),
    known,
  );
  return { codes: cells, names: [...known.keys()] };
}

/** Every number is sorted once: all that is said of numbers comes from their order. */
function numbersAt(
  column: NumberColumn,
  rows: Uint32Array,
  { name, isOrdered }: { readonly name: string; readonly isOrdered: boolean },
): PlacedSample {
  const values = new Float64Array(rows.length);
  for (let at = 0; at < rows.length; at++) values[at] = column[rows[at]];
  const sorted = sortedNumbers(values);
  const wrong = [sorted[0], sorted[sorted.length - 1]].find((value) => value === Infinity || value === -Infinity);
  if (wrong !== undefined)
    throw new InputError({
      where: `column ${name}`,
      must: "numbers must be finite",
      got: String(wrong),
      mend: "leave the cell empty where nothing was measured",
    });
  // Rows that are their own groups may stand in any order.
  return isOrdered
    ? { values: sorted, sorted, places: null }
    : { values, sorted, places: placesOf({ values, sorted }) };
}
