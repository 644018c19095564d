import { type CategoryColumn, type Column, isCategory, makeTable, type Table } from "../core/Table.js";
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
export const shortest: Readonly<Record<string, number>> = { timeSecond: 1, mixingSecond: 0.001 };
/** Other ligands count as the twin's: what holds lead is the acid's head, what binds it the amine's. */
export const countsAs: Readonly<Record<string, string>> = {
  oleicAcidMolar: "otherAcidMolar",
  oleylamineMolar: "otherAmineMolar",
};
/** Less bromide per lead beyond its known sources is rounding. */
export const leastExtra = 0.01;

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
  const category = (name: string): CategoryColumn | null => {
    const column = recipes.columns[name] as Column | undefined;
    return column !== undefined && isCategory(column) ? column : null;
  };
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
  const unknown = new Map<number, readonly string[]>();
  const unmodelled = new Map<number, readonly string[]>();
  /** What is said of each level is said of every row that has it. */
  const note = (
    { codes, levels }: CategoryColumn,
    said: (level: string) => readonly string[],
    to: Map<number, readonly string[]>,
  ): void => {
    const names = levels.map(said);
    if (names.every(({ length }) => length === 0)) return;
    codes.forEach((code: number, row: number) => {
      if (names[code].length > 0) to.set(row, [...new Set([...(to.get(row) ?? []), ...names[code]])]);
    });
  };
  for (const name of ["caesiumSource", "bromideSource", unmodelledColumn]) {
    const sources = category(name);
    if (sources !== null) note(sources, (level) => othersOf(level, reagents), unmodelled);
  }
  const caesium = category("caesiumSource");
  const meant = caesium === null ? null : meantCaesium(caesium, reagents);
  if (caesium !== null) {
    note(caesium, (level) => unknownOf(level, reagents), unknown);
    changed.caesiumSource = meant!;
  }
  const bromide = category("bromideSource");
  if (bromide !== null) {
    note(bromide, (level) => unknownOf(level, reagents), unknown);
    const amounts = ["caesiumMolar", "leadMolar", "bromideMolar"].map(number);
    changed.bromideSource = meantBromide(bromide, meant, amounts);
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
function caesiumMeaning(sources: string, reagents: ReagentList): "" | (typeof caesiumSources)[number] {
  const found = sources.split("+").map((name) => findReagent(reagents, name));
  if (found.some((one) => (one?.ions.caesium ?? 0) > 0 && (one?.ions.bromide ?? 0) > 0)) return "caesium bromide";
  const isKnown = unknownOf(sources, reagents).length === 0 && found.some((one) => (one?.ions.caesium ?? 0) > 0);
  return isKnown ? "caesium oleate" : "";
}

function meantCaesium({ codes, levels }: CategoryColumn, reagents: ReagentList): CategoryColumn {
  const meant = [...caesiumSources, ""];
  const codeOf = levels.map((level) => meant.indexOf(caesiumMeaning(level, reagents)));
  return { codes: Uint8Array.from(codes, (code) => codeOf[code]), levels: meant };
}

/** From what the amounts leave over, where it is not in the twin's words already. */
function meantBromide(
  { codes, levels }: CategoryColumn,
  caesiumSource: CategoryColumn | null,
  [caesium, lead, bromide]: readonly (Float64Array | null)[],
): CategoryColumn {
  const meant = [...bromideSources, ""];
  const none = bromideSources.length;
  const known = levels.map((level) => (level === "" ? none : meant.indexOf(level)));
  const code = (row: number): number => {
    const own = known[codes[row]];
    if (own >= 0) return own;
    const source = caesiumSource === null ? "" : caesiumSource.levels[caesiumSource.codes[row]];
    if (source === "" || caesium === null || lead === null || bromide === null) return none;
    const withCaesium = source === "caesium bromide";
    const extra = bromide[row] - 2 * lead[row] - (withCaesium ? caesium[row] : 0);
    return Number.isNaN(extra) ? none : Number(extra > leastExtra * lead[row]) + 2 * Number(withCaesium);
  };
  return { codes: Uint8Array.from(codes, (_, row) => code(row)), levels: meant };
}
