import { recipeFaultNames, recipeFaults } from "../chemistry/recipeFaults.js";
import { InputError, type InputFault } from "../core/InputError.js";
import type { Field } from "../core/Schema.js";
import { codesOf, isCategory, rowsWhere, selectRows, type Table } from "../core/Table.js";
import type { Encoder } from "../features/Encoder.js";
import { judgedRows } from "./judgedRows.js";

/** Columns whose logarithm is taken. */
export const aboveZero: ReadonlySet<string> = new Set(["timeSecond", "caesiumMolar", "leadMolar", "bromideMolar"]);

/** What keeps a recipe from being answered. */
export interface RecipeFault extends Omit<InputFault, "where"> {
  /** Counted from 0. */
  readonly row: number;
  /** Null where it is in no column alone. */
  readonly column: string | null;
}

/** As a message: `where` names a row counted from 0. */
export function faultError({ row, column, ...fault }: RecipeFault, where: (row: number) => string): InputError {
  return new InputError({ where: column === null ? where(row) : `${where(row)}, column ${column}`, ...fault });
}

/**
 * Makes sure that every number a model reads is there and in the range of its field.
 *
 * @param columns            that the model reads; categories among them are not looked at
 * @param options.where      a row as the message names it
 * @param options.mayMiss    columns that may be without a value
 * @throws InputError naming row, column, range, value and unit
 */
export function checkRecipes(
  table: Table,
  columns: readonly string[],
  { where, mayMiss }: { readonly where: (row: number) => string; readonly mayMiss: (column: string) => boolean },
): void {
  for (const fault of numberFaults(table, columns, mayMiss)) throw faultError(fault, where);
}

/** Every number that checkRecipes would refuse, column by column. */
export function* numberFaults(
  table: Table,
  columns: readonly string[],
  mayMiss: (column: string) => boolean,
): Generator<RecipeFault, void, undefined> {
  for (const name of columns) {
    const column = table.columns[name];
    if (isCategory(column)) continue;
    const field = table.schema[name];
    const { min = -Infinity, max = Infinity } = field;
    const positive = aboveZero.has(name);
    for (let row = 0; row < table.numRows; row++) {
      const value = column[row];
      if (Number.isNaN(value)) {
        if (!mayMiss(name))
          yield {
            row,
            column: name,
            must: "must be given",
            got: "nothing",
            mend: `write the value${inUnit(field)} (${field.meaning})`,
          };
      } else if (!(value >= min && value <= max && (!positive || value > 0))) {
        yield {
          row,
          column: name,
          must: `must be ${positive ? "above 0 and at most" : `from ${min} to`} ${max}${unitOf(field)}`,
          got: `${value}${unitOf(field)}`,
          mend: "mend the value, or drop the recipe",
        };
      }
    }
  }
}

/** Every category that training rows did not have, where the encoder has no word for one that is missing. */
export function* levelFaults(table: Table, encoder: Encoder): Generator<RecipeFault, void, undefined> {
  for (const [column, known] of levelsOfEncoder(encoder)) {
    if (known.includes("")) continue;
    const { codes, levels } = codesOf(table, column);
    const isKnown = levels.map((level) => known.includes(level));
    for (let row = 0; row < codes.length; row++)
      if (!isKnown[codes[row]])
        yield {
          row,
          column,
          must: `must be one of ${known.map((one) => `"${one}"`).join(", ")}, which training rows had`,
          got: levels[codes[row]] === "" ? "nothing" : `"${levels[codes[row]]}"`,
          mend: "mend the name, or train on such recipes",
        };
  }
}

/** Levels of each category that training rows had, in the order of the encoder. */
export function levelsOfEncoder({ columns }: Encoder): ReadonlyMap<string, readonly string[]> {
  const known = new Map<string, string[]>();
  for (const one of columns)
    if (one.kind === "category") known.set(one.column, [...(known.get(one.column) ?? []), one.level]);
  return known;
}

/** What each fault of `recipeFaultNames` is seen in. */
const seenIn: readonly (readonly string[])[] = [
  [],
  ["polarSolventFraction", "waterFraction", "oleicAcidMolar", "oleylamineMolar"],
  ["route", "temperatureCelsius"],
  ["route", "temperatureCelsius", "polarSolventFraction", "waterFraction"],
  ["caesiumMolar", "oleicAcidMolar"],
  ["caesiumMolar", "polarSolvent", "antisolventRatio"],
  [],
  ["caesiumMolar", "leadMolar", "bromideMolar", "bromideSource"],
];

const bromideFault = seenIn.length - 1;
const nameSource =
  'mend the amounts, or name all that brings bromide, for example bromideSource "lead bromide + ammonium bromide"';

/**
 * Every recipe that cannot be carried out, from top to bottom. Only those are judged that are complete and name their
 * compounds in the twin's words: balances cannot be drawn up for others, nor where a column is absent.
 */
export function* faultyRecipes(table: Table): Generator<RecipeFault, void, undefined> {
  const isJudged = judgedRows(table);
  const judged = rowsWhere(table, (row) => isJudged[row] === 1);
  if (judged.length === 0) return;
  const faults = recipeFaults(judged.length === table.numRows ? table : selectRows(table, judged));
  for (let i = 0; i < faults.length; i++) {
    if (faults[i] === 0) continue;
    const row = judged[i];
    const values = seenIn[faults[i]].map((name) => {
      const column = table.columns[name];
      if (isCategory(column)) return `${name} "${column.levels[column.codes[row]]}"`;
      return `${name} ${column[row]}${unitOf(table.schema[name])}`;
    });
    yield {
      row,
      column: null,
      must: "must be a recipe that can be carried out",
      got: `${recipeFaultNames[faults[i]]}${values.length === 0 ? "" : ` (${values.join(", ")})`}`,
      mend: faults[i] === bromideFault ? nameSource : "mend the recipe",
    };
  }
}

function unitOf({ unit }: Field): string {
  return unit === "1" || unit === "" ? "" : ` ${unit}`;
}

function inUnit({ unit }: Field): string {
  return unit === "1" || unit === "" ? "" : ` in ${unit}`;
}
