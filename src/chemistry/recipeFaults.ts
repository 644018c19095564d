import { codesOf, numbersOf, type Table } from "../core/Table.js";
import type { Field } from "../core/Schema.js";
import { designFault, designFaults, type Design } from "./designFault.js";
import { recipeFields, routeNames } from "./recipeSchema.js";

/** Why a recipe cannot be one, after the reasons of designFaults. */
export const recipeFaultNames: readonly string[] = [
  ...designFaults,
  "an amount outside its range",
  "bromide that no compound brings, or too little for those that do",
];
const outOfRange = designFaults.length;
const bromideBalance = designFaults.length + 1;
/** Share of the bromide by which its balance may be off: weighing, and float32. */
const tolerance = 0.02;

/**
 * Physics check of recipes that nobody wrote down (interpolated ones, say): ranges of the schema, the balance of
 * bromide, and what designFault refuses. The first fault counts.
 *
 * Bromide balance: lead bromide brings two per lead, caesium bromide one per caesium; more is allowed only where the
 * bromide source names another compound.
 *
 * @param recipes  with the amounts, route, caesiumSource, bromideSource and polarSolvent as the twin writes them
 * @returns per row a place in `recipeFaultNames`, 0 for none
 */
export function recipeFaults(recipes: Table): Uint8Array {
  const number = (name: string): ((row: number) => number) => {
    const values = numbersOf(recipes, name);
    return (row) => values[row];
  };
  const text = (name: string): ((row: number) => string) => {
    const { codes, levels } = codesOf(recipes, name);
    return (row) => levels[codes[row]];
  };
  const names = [
    "temperatureCelsius",
    "caesiumMolar",
    "leadMolar",
    "bromideMolar",
    "oleicAcidMolar",
    "oleylamineMolar",
    "polarSolventFraction",
    "waterFraction",
    "antisolventRatio",
  ] as const;
  const columns = names.map((name) => [name, number(name)] as const);
  const [route, caesiumSource, bromideSource, polarSolvent] = [
    "route",
    "caesiumSource",
    "bromideSource",
    "polarSolvent",
  ].map(text);
  return Uint8Array.from({ length: recipes.numRows }, (_, row) => {
    const amounts = Object.fromEntries(columns.map(([name, at]) => [name, at(row)])) as Record<
      (typeof names)[number],
      number
    >;
    const asBromide = caesiumSource(row).includes("bromide");
    const design: Design = {
      ...amounts,
      route: routeNames.find((name) => name === route(row))!,
      caesiumOleateMolar: asBromide ? 0 : amounts.caesiumMolar,
      polarSolvent: polarSolvent(row) as Design["polarSolvent"],
    };
    const fault = designFault(design);
    if (fault !== 0) return fault;
    if (names.some((name) => isOutside(amounts[name], recipeFields[name]))) return outOfRange;
    const brought = 2 * amounts.leadMolar + (asBromide ? amounts.caesiumMolar : 0);
    const excess = (amounts.bromideMolar - brought) / brought;
    const hasOther = bromideSource(row).includes("oleylammonium");
    return excess < -tolerance || (excess > tolerance && !hasOther) ? bromideBalance : 0;
  });
}

/** Beyond the rounding of float32. */
function isOutside(value: number, { min = -Infinity, max = Infinity }: Field): boolean {
  const rounding = 1e-6 * (max - min);
  return !(value >= min - rounding && value <= max + rounding);
}
