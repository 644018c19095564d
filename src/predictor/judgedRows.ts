import { bromideSources, caesiumSources, routeNames } from "../chemistry/recipeSchema.js";
import { codesOf, numbersOf, type Table } from "../core/Table.js";

/** Amounts that balances are drawn up from. */
export const balancedAmounts: readonly string[] = [
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
 * Recipes that recipeFaults can judge: complete in what it reads, and in the twin's words. Balances cannot be drawn up
 * for others.
 *
 * @returns 1 where a recipe can be judged, 0 where not, or a column is absent
 */
export function judgedRows(table: Table): Uint8Array {
  const needed = ["route", "caesiumSource", "bromideSource", "polarSolvent", ...balancedAmounts];
  if (!needed.every((name) => Object.hasOwn(table.columns, name))) return new Uint8Array(table.numRows);
  const known = (name: string, levels: readonly string[]): ((row: number) => boolean) => {
    const column = codesOf(table, name);
    const isKnown = column.levels.map((level) => levels.includes(level));
    return (row) => isKnown[column.codes[row]];
  };
  const [isCaesium, isBromide] = [known("caesiumSource", caesiumSources), known("bromideSource", bromideSources)];
  const isRoute = known("route", routeNames);
  const numbers = balancedAmounts.map((name) => numbersOf(table, name));
  return Uint8Array.from({ length: table.numRows }, (_, row) =>
    Number(isRoute(row) && isCaesium(row) && isBromide(row) && numbers.every((column) => !Number.isNaN(column[row]))),
  );
}
