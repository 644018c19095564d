import { caesiumSources, polarSolvents, routeNames, type RouteName } from "../chemistry/recipeSchema.js";
import { twinTerms } from "../chemistry/twinTerms.js";
import { InputError } from "../core/InputError.js";
import { isCategory, type Table } from "../core/Table.js";
import type { Recipe } from "./proposeRecipe.js";

/** A recipe as somebody wrote it down: NaN, or null, where it says nothing. */
export interface WrittenRecipe {
  readonly route: RouteName | null;
  readonly isOleate: boolean | null;
  readonly polarSolvent: (typeof polarSolvents)[number];
  readonly temperatureCelsius: number;
  readonly timeSecond: number;
  readonly mixingSecond: number;
  readonly volumeMillilitre: number;
  readonly caesiumMolar: number;
  readonly leadMolar: number;
  readonly bromideMolar: number;
  readonly oleicAcidMolar: number;
  readonly oleylamineMolar: number;
  readonly polarSolventFraction: number;
  readonly waterFraction: number;
  readonly antisolventRatio: number;
}

const needed = ["caesiumMolar", "leadMolar", "bromideMolar"] as const;
/** The least volume of its field. */
const leastMillilitre = 0.001;

/**
 * Recipes of a table as the simulator takes them, row by row, in its own terms (twinTerms); columns may be absent.
 *
 * @param where  who asks, for messages
 * @throws InputError from a row if its caesium, lead or bromide is not above 0, a number is not finite or below 0, or
 *   its route is unknown
 */
export function writtenRecipes(written: Table, where: string): (row: number) => WrittenRecipe {
  const { table: recipes } = twinTerms(written);
  const refuse = (row: number, column: string, must: string, got: string, mend: string): InputError =>
    new InputError({ where: `${where}, row ${row + 1}, column ${column}`, must, got, mend });
  const number = (name: string): ((row: number) => number) => {
    const column = recipes.columns[name] as Table["columns"][string] | undefined;
    if (column === undefined || isCategory(column)) return () => Number.NaN;
    return (row) => {
      const value = column[row];
      const least = name === "temperatureCelsius" ? -273 : 0;
      if (value < least || value === Infinity)
        throw refuse(row, name, `must be finite and at least ${least}`, String(value), "mend the value");
      return value;
    };
  };
  const text = (name: string): ((row: number) => string) => {
    const column = recipes.columns[name] as Table["columns"][string] | undefined;
    if (column === undefined || !isCategory(column)) return () => "";
    return (row) => column.levels[column.codes[row]];
  };
  const above = (name: (typeof needed)[number]): ((row: number) => number) => {
    const of = number(name);
    return (row) => {
      const value = of(row);
      if (!(value > 0))
        throw refuse(row, name, "must be above 0", Number.isNaN(value) ? "nothing" : String(value), "mend the amount");
      return value;
    };
  };
  const [routes, sources, solvents] = ["route", "caesiumSource", "polarSolvent"].map(text);
  const [temperature, time, mixing, volume, acid, amine, polar, water, antisolvent] = [
    "temperatureCelsius",
    "timeSecond",
    "mixingSecond",
    "volumeMillilitre",
    "oleicAcidMolar",
    "oleylamineMolar",
    "polarSolventFraction",
    "waterFraction",
    "antisolventRatio",
  ].map(number);
  const [caesium, lead, bromide] = needed.map(above);
  return (row) => {
    const named = routes(row);
    const route = routeNames.find((name) => name === named) ?? null;
    if (route === null && named !== "")
      throw refuse(
        row,
        "route",
        `must be one of ${routeNames.join(", ")}`,
        `"${named}"`,
        "rename it, or leave it empty",
      );
    const source = sources(row);
    return {
      route,
      isOleate: source === "" ? null : source === caesiumSources[0],
      polarSolvent: polarSolvents.find((name) => name === solvents(row)) ?? "",
      temperatureCelsius: temperature(row),
      timeSecond: time(row),
      mixingSecond: mixing(row),
      volumeMillilitre: Math.max(volume(row), leastMillilitre),
      caesiumMolar: caesium(row),
      leadMolar: lead(row),
      bromideMolar: bromide(row),
      oleicAcidMolar: acid(row),
      oleylamineMolar: amine(row),
      polarSolventFraction: polar(row),
      waterFraction: water(row),
      antisolventRatio: antisolvent(row),
    };
  };
}

/** Whether the recipe leaves nothing open. */
export function isComplete(recipe: WrittenRecipe): boolean {
  return recipe.route !== null && recipe.isOleate !== null && !Object.values(recipe).some(Number.isNaN);
}

/**
 * The recipe with what it leaves open taken from a design: ligands by their ratio to lead, so that more lead brings
 * more of them; a polar solvent's share from the poor solvent's where only that is known.
 */
export function completedRecipe(recipe: WrittenRecipe, design: Recipe): Recipe {
  const or = (value: number, other: number): number => (Number.isNaN(value) ? other : value);
  const { caesiumMolar, leadMolar, bromideMolar, polarSolvent } = recipe;
  const route = recipe.route ?? design.route;
  const isOleate = recipe.isOleate ?? design.caesiumOleateMolar > 0;
  const caesiumOleateMolar = isOleate ? caesiumMolar : 0;
  const waterFraction = or(recipe.waterFraction, design.waterFraction);
  const diluted = route === "hot injection" ? 0 : (1 - waterFraction) / (1 + recipe.antisolventRatio);
  return {
    route,
    temperatureCelsius: or(recipe.temperatureCelsius, design.temperatureCelsius),
    timeSecond: or(recipe.timeSecond, design.timeSecond),
    mixingSecond: or(recipe.mixingSecond, design.mixingSecond),
    volumeMillilitre: or(recipe.volumeMillilitre, design.volumeMillilitre),
    caesiumMolar,
    leadMolar,
    bromideMolar,
    extraBromideMolar: bromideMolar - 2 * leadMolar - (caesiumMolar - caesiumOleateMolar),
    oleicAcidMolar: or(recipe.oleicAcidMolar, (design.oleicAcidMolar / design.leadMolar) * leadMolar),
    oleylamineMolar: or(recipe.oleylamineMolar, (design.oleylamineMolar / design.leadMolar) * leadMolar),
    caesiumOleateMolar,
    polarSolvent,
    polarSolventFraction: or(recipe.polarSolventFraction, or(diluted, design.polarSolventFraction)),
    waterFraction,
    antisolvent: design.antisolvent,
    antisolventRatio: or(recipe.antisolventRatio, design.antisolventRatio),
  };
}
