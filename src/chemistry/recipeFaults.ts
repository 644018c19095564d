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
export const balanceTolerance = 0.02;

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
  const columns = names.map((name) => ({ values: numbersOf(recipes, name), field: recipeFields[name] }));
  const [temperature, caesium, lead, bromide, oleicAcid, oleylamine, polar, water, antisolvent] = columns.map(
    ({ values }) => values,
  );
  /** What each level of a column says, so that its text is read once and not in every row. */
  const ofLevel = <Said>(name: string, said: (level: string) => Said): ((row: number) => Said) => {
    const { codes, levels } = codesOf(recipes, name);
    const all = levels.map(said);
    return (row) => all[codes[row]];
  };
  const route = ofLevel("route", (level) => routeNames.find((name) => name === level)!);
  const isCaesiumBromide = ofLevel("caesiumSource", (level) => level.includes("bromide"));
  const hasOther = ofLevel("bromideSource", (level) => level.includes("oleylammonium"));
  const polarSolvent = ofLevel("polarSolvent", (level) => level as Design["polarSolvent"]);
  const faultOf = (row: number): number => {
    const asBromide = isCaesiumBromide(row);
    const fault = designFault({
      route: route(row),
      temperatureCelsius: temperature[row],
      caesiumMolar: caesium[row],
      leadMolar: lead[row],
      bromideMolar: bromide[row],
      oleicAcidMolar: oleicAcid[row],
      oleylamineMolar: oleylamine[row],
      caesiumOleateMolar: asBromide ? 0 : caesium[row],
      polarSolvent: polarSolvent(row),
      polarSolventFraction: polar[row],
      waterFraction: water[row],
      antisolventRatio: antisolvent[row],
    });
    if (fault !== 0) return fault;
    if (columns.some(({ values, field }) => isOutside(values[row], field))) return outOfRange;
    const brought = 2 * lead[row] + (asBromide ? caesium[row] : 0);
    const excess = (bromide[row] - brought) / brought;
    return excess < -balanceTolerance || (excess > balanceTolerance && !hasOther(row)) ? bromideBalance : 0;
  };
  const faults = new Uint8Array(recipes.numRows);
  for (let row = 0; row < faults.length; row++) faults[row] = faultOf(row);
  return faults;
}

/** In the order in which recipeFaults takes them apart. */
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

/** Beyond the rounding of float32. */
function isOutside(value: number, { min = -Infinity, max = Infinity }: Field): boolean {
  const rounding = 1e-6 * (max - min);
  return !(value >= min - rounding && value <= max + rounding);
}
