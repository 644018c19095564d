import type { VerbOption } from "../Verb.js";

/** Values of one recipe as they are written on the command line, with their units, by the names of `recipeFlags`. */
export type RecipeFlags = Readonly<Record<string, string | undefined>>;

/** A flag that gives a value of a recipe. */
export interface RecipeFlag {
  /** As options are called: "oleicAcid". */
  readonly name: string;
  readonly column: string;
  /** A value of it. */
  readonly example: string;
  readonly meaning: string;
}

/**
 * One for each column of a recipe, called as the column is but for its unit, which the value has. The list is written
 * out, as the command line loads no schema before a verb is called; what may be given is in recipeColumns.
 */
export const recipeFlags: readonly RecipeFlag[] = [
  flag("route", "route", "LARP", "hot injection, LARP, reverse microemulsion or bulk antisolvent"),
  flag("temperature", "temperatureCelsius", "170C", "of the reaction"),
  flag("time", "timeSecond", "10s", "from mixing to quenching"),
  flag("caesium", "caesiumMolar", "8mM", "all of it, per volume of all liquid"),
  flag("lead", "leadMolar", "30mM", "all of it, per volume of all liquid"),
  flag(
    "bromide",
    "bromideMolar",
    "60mM",
    "all of it (default: that of the salts of lead and caesium, lead as its bromide)",
  ),
  flag("caesiumSource", "caesiumSource", "Cs2CO3", "compounds that bring caesium, joined by +"),
  flag("bromideSource", "bromideSource", "PbBr2", "compounds that bring bromide, joined by +"),
  flag("oleicAcid", "oleicAcidMolar", "250mM", "per volume of all liquid"),
  flag("oleylamine", "oleylamineMolar", "200mM", "per volume of all liquid"),
  flag("otherAcid", "otherAcidMolar", "0M", "carboxylic acids other than oleic"),
  flag("otherAmine", "otherAmineMolar", "0M", "alkylamines other than oleylamine"),
  flag("polarSolvent", "polarSolvent", "DMF", "DMF or DMSO"),
  flag("polarSolventFraction", "polarSolventFraction", "5%", "its share of the volume"),
  flag("waterFraction", "waterFraction", "0.1%", "share of the volume"),
  flag("antisolvent", "antisolvent", "toluene", "poor solvent"),
  flag("antisolventRatio", "antisolventRatio", "10", "its volume per volume of everything else"),
  flag("mixing", "mixingSecond", "300ms", "time in which the solutions are mixed"),
  flag("volume", "volumeMillilitre", "12mL", "all liquid"),
];

function flag(name: string, column: string, example: string, meaning: string): RecipeFlag {
  return { name, column, example, meaning };
}

/** As it is written: "--oleic-acid". */
export function flagText({ name }: RecipeFlag): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** They stand in place of a file. */
export const recipeOptions: readonly VerbOption[] = recipeFlags.map((one) => ({
  flags: `${flagText(one)} <${one.example}>`,
  meaning: one.name === "route" ? `of one recipe in place of a file, as all below: ${one.meaning}` : one.meaning,
}));

/** Those of a verb's options that give a recipe; undefined where none does. */
export function recipeFlagsOf(options: RecipeFlags): RecipeFlags | undefined {
  const given = recipeFlags.flatMap(({ name }) =>
    options[name] === undefined ? [] : [[name, options[name]] as const],
  );
  return given.length === 0 ? undefined : Object.fromEntries(given);
}
