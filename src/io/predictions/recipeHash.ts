import { isCategory, type Table } from "../../core/Table.js";
import { sha256 } from "../sha256.js";

/** A recipe by columns, in their units; null, NaN and an empty text are missing. */
export type RecipeValues = Readonly<Record<string, number | string | null>>;

/** More than any amount is measured to, and fewer than the conversion of a unit leaves alone. */
const digits = 12;

/**
 * A recipe as one text, whoever wrote it down and how: a JSON object without spaces, its columns sorted by their
 * letters' codes, numbers of at most 12 significant digits as the shortest text that gives them again, null where a
 * value is missing.
 *
 * @example canonicalRecipe({ leadMolar: 0.030, antisolvent: "" }) // '{"antisolvent":null,"leadMolar":0.03}'
 */
export function canonicalRecipe(recipe: RecipeValues): string {
  const known = (value: number | string | null): number | string | null => {
    if (typeof value !== "number") return value === "" ? null : value;
    return Number.isFinite(value) ? Number(value.toPrecision(digits)) : null;
  };
  // Entries, as an object would put names that are numbers first.
  const entries = Object.keys(recipe)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${JSON.stringify(known(recipe[name]))}`);
  return `{${entries.join(",")}}`;
}

/** SHA-256 of the canonical recipe: tells that a recipe is the one that was asked about, without telling the recipe. */
export function recipeHash(recipe: RecipeValues): string {
  return sha256(canonicalRecipe(recipe));
}

/**
 * The recipe in a row of a table.
 *
 * @param columns  that a recipe has; those that the table has not are missing
 */
export function recipeOf(table: Table, row: number, columns: readonly string[]): RecipeValues {
  const value = (name: string): number | string | null => {
    if (!Object.hasOwn(table.columns, name)) return null;
    const column = table.columns[name];
    return isCategory(column) ? column.levels[column.codes[row]] : column[row];
  };
  return Object.fromEntries(columns.map((name) => [name, value(name)]));
}
