import * as z from "zod";
import { categoryColumn, type Column, isCategory, makeTable, selectRows, type Table } from "../core/Table.js";
import { withoutColumns } from "../features/withoutColumns.js";
import { missingPatterns } from "./missingPatterns.js";
import { recipeColumns } from "./recipeColumns.js";

/**
 * Recipes that nothing was fitted to, with what came of them, kept with a model. What it is worth where values are
 * missing is measured on them, with the same values taken away. Plain JSON.
 */
export interface CalibrateRows {
  /** Of each recipe column; null where it was not known, or not measured. */
  readonly numbers: Readonly<Record<string, readonly (number | null)[]>>;
  /** Of each category column; the level is empty where it was not known. */
  readonly texts: Readonly<Record<string, { readonly levels: readonly string[]; readonly codes: readonly number[] }>>;
  /** Codes of the phases that were made. */
  readonly phases: readonly number[];
  /** By target of the networks: standardised, as they learned it; null where it was not measured. */
  readonly targets: readonly (readonly (number | null)[])[];
  /** Code of the group (batch, recipe) that a row came in; null where rows were drawn one by one. */
  readonly groups: readonly number[] | null;
}

/** A check of its own: the parser takes a microsecond for every number of a list. */
const numbers = z.custom<readonly (number | null)[]>(
  (value) => Array.isArray(value) && value.every((one) => one === null || typeof one === "number"),
);
const codes = z.custom<readonly number[]>(
  (value) => Array.isArray(value) && value.every((one) => Number.isInteger(one) && one >= 0),
);

export const calibrateRowsShape: z.ZodType<CalibrateRows> = z.strictObject({
  numbers: z.record(z.string(), numbers),
  texts: z.record(z.string(), z.strictObject({ levels: z.array(z.string()), codes })),
  phases: codes,
  targets: z.array(numbers),
  groups: codes.nullable(),
});

/** Digits of a number that is kept: more than any is measured to. */
const digits = 6;

/**
 * @param table    recipes of the calibrate rows
 * @param columns  that the model reads
 */
export function keptRecipes(table: Table, columns: readonly string[]): Pick<CalibrateRows, "numbers" | "texts"> {
  const numbers: Record<string, CalibrateRows["numbers"][string]> = {};
  const texts: Record<string, CalibrateRows["texts"][string]> = {};
  for (const name of columns) {
    const column = table.columns[name];
    if (isCategory(column)) texts[name] = { levels: column.levels, codes: Array.from(column.codes) };
    else numbers[name] = keptNumbers(column);
  }
  return { numbers, texts };
}

/** Numbers that JSON keeps: rounded, null for NaN. */
export function keptNumbers(values: ArrayLike<number>): (number | null)[] {
  return Array.from(values, (value) => (Number.isNaN(value) ? null : Number(value.toPrecision(digits))));
}

/**
 * The kept recipes of which all is known but the missing columns, without these: as if they had been told as little.
 *
 * @param missing  columns
 * @returns recipes, and which of the kept ones they are
 */
export function recipesWithout(
  rows: CalibrateRows,
  missing: readonly string[],
): { readonly table: Table; readonly places: Uint32Array } {
  const columns = Object.fromEntries([
    ...Object.entries(rows.numbers).map(([name, values]): [string, Column] => [
      name,
      Float64Array.from(values, (value) => value ?? NaN),
    ]),
    ...Object.entries(rows.texts).map(([name, { levels, codes: own }]): [string, Column] => [
      name,
      categoryColumn(own.map((code) => levels[code])),
    ]),
  ]);
  const schema = Object.fromEntries(Object.keys(columns).map((name) => [name, recipeColumns[name]]));
  const all = makeTable(schema, columns);
  const { patterns, columnsOf } = missingPatterns(all);
  const isKept = new Map(
    [...new Set(patterns)].map((pattern) => [pattern, columnsOf(pattern).every((one) => missing.includes(one))]),
  );
  const places = Uint32Array.from(rows.phases.keys()).filter((row) => isKept.get(patterns[row])!);
  return {
    table: withoutColumns(places.length === all.numRows ? all : selectRows(all, places), missing),
    places,
  };
}
