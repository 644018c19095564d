import { recipeFaultNames, recipeFaults } from "../chemistry/recipeFaults.js";
import { bromideSources, caesiumSources } from "../chemistry/recipeSchema.js";
import { InputError, type InputFault } from "../core/InputError.js";
import type { Field } from "../core/Schema.js";
import { isCategory, numbersOf, rowsWhere, selectRows, type Table, textsOf } from "../core/Table.js";
import type { Encoder } from "../features/Encoder.js";
import { unseenLevel } from "../features/unseenLevel.js";

/** Columns whose logarithm is taken. */
export const aboveZero: ReadonlySet<string> = new Set(["timeSecond", "caesiumMolar", "leadMolar", "bromideMolar"]);

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
          throw new InputError({
            where: `${where(row)}, column ${name}`,
            must: "must be given",
            got: "nothing",
            mend: `write the value${inUnit(field)} (${field.meaning})`,
          });
      } else if (!(value >= min && value <= max && (!positive || value > 0))) {
        throw new InputError({
          where: `${where(row)}, column ${name}`,
          must: `must be ${positive ? "above 0 and at most" : `from ${min} to`} ${max}${unitOf(field)}`,
          got: `${value}${unitOf(field)}`,
          mend: "mend the value, or drop the recipe",
        });
      }
    }
  }
}

/**
 * Makes sure that every category is one that training rows had: another says nothing to the model.
 *
 * @throws InputError naming row, column, and the categories that the encoder knows
 */
export function checkLevels(table: Table, encoder: Encoder, where: (row: number) => string): void {
  const unseen = unseenLevel(encoder, table);
  if (unseen === null) return;
  const { row, column, level, known } = unseen;
  throw new InputError({
    where: `${where(row)}, column ${column}`,
    must: `must be one of ${known.map((one) => `"${one}"`).join(", ")}, which training rows had`,
    got: level === "" ? "nothing" : `"${level}"`,
    mend: "mend the name, or train on such recipes",
  });
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
const amounts = [
  "temperatureCelsius",
  "caesiumMolar",
  "leadMolar",
  "bromideMolar",
  "oleicAcidMolar",
  "oleylamineMolar",
  "polarSolventFraction",
  "waterFraction",
  "antisolventRatio",
];

/**
 * Makes sure that recipes can be carried out. Only those are judged that are complete and name their compounds in the
 * twin's words: balances cannot be drawn up for others.
 *
 * @throws InputError naming row, fault, and the values it is seen in
 */
export function checkFaults(table: Table, where: (row: number) => string): void {
  for (const { row, ...fault } of faultyRecipes(table)) throw new InputError({ where: where(row), ...fault });
}

/** A recipe that cannot be carried out. */
export interface FaultyRecipe extends Omit<InputFault, "where"> {
  /** Counted from 0. */
  readonly row: number;
}

/** Every recipe that checkFaults would refuse, from top to bottom; none where a column that it looks at is absent. */
export function* faultyRecipes(table: Table): Generator<FaultyRecipe, void, undefined> {
  const needed = ["route", "caesiumSource", "bromideSource", "polarSolvent", ...amounts];
  if (!needed.every((name) => Object.hasOwn(table.columns, name))) return;
  const [caesium, bromide] = [textsOf(table, "caesiumSource"), textsOf(table, "bromideSource")];
  const numbers = amounts.map((name) => numbersOf(table, name));
  const judged = rowsWhere(
    table,
    (row) =>
      (caesiumSources as readonly string[]).includes(caesium[row]) &&
      (bromideSources as readonly string[]).includes(bromide[row]) &&
      numbers.every((column) => !Number.isNaN(column[row])),
  );
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
      must: "must be a recipe that can be carried out",
      got: `${recipeFaultNames[faults[i]]}${values.length === 0 ? "" : ` (${values.join(", ")})`}`,
      mend: "mend the recipe",
    };
  }
}

function unitOf({ unit }: Field): string {
  return unit === "1" || unit === "" ? "" : ` ${unit}`;
}

function inUnit({ unit }: Field): string {
  return unit === "1" || unit === "" ? "" : ` in ${unit}`;
}
