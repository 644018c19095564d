import { categoryColumn, type Column, isCategory, makeTable, type Table, textsOf } from "../core/Table.js";
import { bringsOthers } from "./mixture.js";
import { builtInReagents, findReagent, type ReagentList } from "./reagentList.js";
import { bromideSources, caesiumSources } from "./recipeSchema.js";

/** Recipes in the terms of the twin, and what of them it has no terms for. */
export interface TwinTerms {
  readonly table: Table;
  /** Names in a recipe's sources that are no reagent of the list, by row counted from 0; rows without are absent. */
  readonly unknown: ReadonlyMap<number, readonly string[]>;
  /** Reagents that bring what no column counts (other halides, other metals), likewise. */
  readonly unmodelled: ReadonlyMap<number, readonly string[]>;
}

/** Laws of growth begin at the first second, and nothing mixes faster than its field allows. */
const shortest: Readonly<Record<string, number>> = { timeSecond: 1, mixingSecond: 0.001 };
/** Other ligands count as the twin's: what holds lead is the acid's head, what binds it the amine's. */
const countsAs: Readonly<Record<string, string>> = {
  oleicAcidMolar: "otherAcidMolar",
  oleylamineMolar: "otherAmineMolar",
};
/** Less bromide per lead beyond its known sources is rounding. */
const leastExtra = 0.01;

/**
 * Recipes as people write them in the terms that the twin's own experiments have: caesium comes as bromide or as a
 * carboxylate, whatever the salt; bromide beyond that of lead and caesium comes from an ammonium bromide, whatever
 * brought it; every acid counts as oleic acid and every amine as oleylamine, none where only the other is given; times
 * below the twin's first second count as it. Recipes of the twin stay as they are.
 *
 * @param recipes    columns may be absent; amounts in mol/L of all liquid
 * @param reagents   by which sources are known (default the built-in list)
 */
export function twinTerms(recipes: Table, reagents: ReagentList = builtInReagents): TwinTerms {
  const number = (name: string): Float64Array | null => {
    const column = recipes.columns[name] as Column | undefined;
    return column === undefined || isCategory(column) ? null : Float64Array.from(column);
  };
  const text = (name: string): readonly string[] | null =>
    name in recipes.columns && isCategory(recipes.columns[name]) ? textsOf(recipes, name) : null;
  const changed: Record<string, Column> = {};
  for (const [own, other] of Object.entries(countsAs)) {
    const [values, more] = [number(own), number(other)];
    if (values === null || more === null) continue;
    changed[own] = values.map((value, row) => (Number.isNaN(value) ? more[row] : value + (more[row] || 0)));
    changed[other] = more.map((value) => (value > 0 ? 0 : value));
  }
  for (const [name, least] of Object.entries(shortest)) {
    const values = number(name);
    if (values !== null) changed[name] = values.map((value) => (value >= 0 ? Math.max(value, least) : value));
  }
  const told = text("caesiumSource");
  const meanings = new Map([...new Set(told ?? [])].map((source) => [source, caesiumMeaning(source, reagents)]));
  const unknown = new Map<number, readonly string[]>();
  const unmodelled = new Map<number, readonly string[]>();
  const note = (row: number, names: readonly string[], to = unknown): void => {
    if (names.length > 0) to.set(row, [...new Set([...(to.get(row) ?? []), ...names])]);
  };
  for (const name of ["caesiumSource", "bromideSource", unmodelledColumn]) {
    const sources = text(name);
    if (sources === null) continue;
    const others = new Map([...new Set(sources)].map((source) => [source, othersOf(source, reagents)]));
    sources.forEach((source, row) => note(row, others.get(source)!, unmodelled));
  }
  if (told !== null) {
    told.forEach((source, row) => note(row, meanings.get(source)!.unknown));
    changed.caesiumSource = sourceColumn(
      told.map((source) => meanings.get(source)!.source),
      caesiumSources,
    );
  }
  const bromide = text("bromideSource");
  if (bromide !== null) {
    const names = new Map([...new Set(bromide)].map((source) => [source, unknownOf(source, reagents)]));
    bromide.forEach((source, row) => note(row, names.get(source)!));
    const [caesiumMolar, leadMolar, bromideMolar] = ["caesiumMolar", "leadMolar", "bromideMolar"].map(number);
    const meant = bromide.map((source, row) => {
      if ((bromideSources as readonly string[]).includes(source)) return source;
      const caesium = told === null ? "" : meanings.get(told[row])!.source;
      if (source === "" || caesium === "" || caesiumMolar === null || leadMolar === null || bromideMolar === null)
        return "";
      const withCaesium = caesium === "caesium bromide";
      const extra = bromideMolar[row] - 2 * leadMolar[row] - (withCaesium ? caesiumMolar[row] : 0);
      if (Number.isNaN(extra)) return "";
      return bromideSources[Number(extra > leastExtra * leadMolar[row]) + 2 * Number(withCaesium)];
    });
    changed.bromideSource = sourceColumn(meant, bromideSources);
  }
  return { table: makeTable(recipes.schema, { ...recipes.columns, ...changed }), unknown, unmodelled };
}

/** Column of a mapped table: reagents of a recipe that bring what no column counts, joined by +. */
export const unmodelledColumn = "unmodelledReagents";

function othersOf(sources: string, reagents: ReagentList): readonly string[] {
  return sources.split("+").flatMap((name) => {
    const reagent = findReagent(reagents, name);
    return reagent !== null && bringsOthers(reagent) ? [reagent.name] : [];
  });
}

/** Sources of a recipe are joined by +. */
function unknownOf(sources: string, reagents: ReagentList): readonly string[] {
  return sources.split("+").filter((name) => name.trim() !== "" && findReagent(reagents, name) === null);
}

/** One source that brings bromide makes it a bromide: then the anion is in the vessel. */
function caesiumMeaning(
  sources: string,
  reagents: ReagentList,
): { readonly source: "" | (typeof caesiumSources)[number]; readonly unknown: readonly string[] } {
  const unknown = unknownOf(sources, reagents);
  const found = sources.split("+").map((name) => findReagent(reagents, name));
  if (found.some((one) => (one?.ions.caesium ?? 0) > 0 && (one?.ions.bromide ?? 0) > 0))
    return { source: "caesium bromide", unknown };
  const isKnown = unknown.length === 0 && found.some((one) => (one?.ions.caesium ?? 0) > 0);
  return { source: isKnown ? "caesium oleate" : "", unknown };
}

function sourceColumn(texts: readonly string[], levels: readonly string[]): Column {
  return categoryColumn(texts, [...levels, ""]);
}
