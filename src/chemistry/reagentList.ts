import { InputError } from "../core/InputError.js";
import type { Reagent } from "./Reagent.js";
import builtIn from "./reagents.json" with { type: "json" };

/** Reagents that can be found by name, alias or formula. */
export interface ReagentList {
  readonly reagents: readonly Reagent[];
  /** By what `findReagent` makes of names, aliases, and of formulas that belong to one reagent alone. */
  readonly byKey: ReadonlyMap<string, Reagent>;
  /** Built-in reagents that a user's entry of the same name stands for. */
  readonly overridden: readonly string[];
}

/** A reagent as files write it: what it does not have is left out. */
export type ReagentEntry = Pick<Reagent, "name" | "role"> & Partial<Reagent>;

/** What a chemist of Cs-Pb-Br has on the shelf; the file lies beside this one, in the format that users write. */
export const builtInReagents: ReagentList = joined([], (builtIn as readonly ReagentEntry[]).map(reagentOf), {
  overridden: [],
  where: "src/chemistry/reagents.json",
});

/**
 * The reagent that a text names: by name, alias or formula. Case, spaces, hyphens, brackets, subscripts and the
 * spelling of caesium do not matter. A formula that several reagents have (C3H8O) names none of them, and
 * that of a built-in reagent stays its own.
 *
 * @returns null where no reagent of the list is named so
 */
export function findReagent(list: ReagentList, text: string): Reagent | null {
  return list.byKey.get(keyOf(text)) ?? null;
}

/**
 * Names, aliases and formulas by which a reagent of the list is found, as they are written there, in lower case, and
 * with caesium in either spelling: for whoever must know them beforehand.
 */
export function spelledReagents(list: ReagentList): readonly string[] {
  const texts = list.reagents.flatMap(({ name, aliases, formula }) => [
    name,
    ...aliases,
    ...(formula === null ? [] : [formula]),
  ]);
  const cased = texts.flatMap((text) => [text, text.toLowerCase()]);
  const spelled = cased.flatMap((text) => [
    text,
    text.replaceAll("aesium", "esium"),
    text.replaceAll(/(?<=c)esium/gi, "aesium"),
  ]);
  return [...new Set(spelled)].filter((text) => findReagent(list, text) !== null);
}

/** What else an alias may mean in other hands ("OA": octylamine); null where it is not in doubt. */
export function otherMeaning(reagent: Reagent, text: string): string | null {
  const key = keyOf(text);
  return Object.entries(reagent.ambiguous ?? {}).find(([alias]) => keyOf(alias) === key)?.[1] ?? null;
}

/**
 * A list with more reagents. An entry of the name of a reagent that stands there takes its place, whole.
 *
 * @param options.where  file of the entries, for messages
 * @throws InputError if two entries have one name, or a name or alias already means another reagent or has
 *   neither letters nor digits
 */
export function extendReagents(
  list: ReagentList,
  entries: readonly ReagentEntry[],
  { where }: { readonly where: string },
): ReagentList {
  const added = entries.map(reagentOf);
  const names = new Set(added.map(({ name }) => keyOf(name)));
  const kept = list.reagents.filter(({ name }) => !names.has(keyOf(name)));
  const overridden = list.reagents.filter((one) => !kept.includes(one)).map(({ name }) => name);
  return joined(kept, added, { overridden: [...list.overridden, ...overridden], where });
}

function reagentOf({ aliases = [], formula = null, ions = {}, ...entry }: ReagentEntry): Reagent {
  return { molarMass: null, density: null, purity: null, ...entry, aliases, formula, ions };
}

/** Letters and digits in lower case, subscripts as digits. */
function keyOf(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, "")
    .replaceAll("caesium", "cesium");
}

function joined(
  kept: readonly Reagent[],
  added: readonly Reagent[],
  { overridden, where }: { readonly overridden: readonly string[]; readonly where: string },
): ReagentList {
  const byKey = new Map<string, Reagent>();
  const formulas = formulasOf(kept);
  const claim = (reagent: Reagent, text: string, there: Reagent | null | undefined): void => {
    if (keyOf(text) === "")
      throw new InputError({
        where: `${where}, reagent "${reagent.name}"`,
        must: "every name and alias must have letters or digits",
        got: `"${text}"`,
        mend: "give it one",
      });
    if (there !== undefined && there !== null && there !== reagent)
      throw new InputError({
        where: `${where}, reagent "${reagent.name}"`,
        must: `"${text}" must mean one reagent`,
        got: `it also means "${there.name}"`,
        mend:
          `give "${reagent.name}" another name or alias, ` +
          `or add an entry named "${there.name}", which then takes its place`,
      });
    byKey.set(keyOf(text), reagent);
  };
  const textsOf = (reagent: Reagent): readonly string[] => [reagent.name, ...reagent.aliases];
  for (const reagent of kept) for (const text of textsOf(reagent)) claim(reagent, text, byKey.get(keyOf(text)));
  for (const reagent of added)
    for (const text of textsOf(reagent)) claim(reagent, text, byKey.get(keyOf(text)) ?? formulas.get(keyOf(text)));
  for (const [key, reagent] of [...formulas, ...formulasOf(added)])
    if (reagent !== null && !byKey.has(key) && formulas.get(key) !== null) byKey.set(key, reagent);
  return { reagents: [...kept, ...added], byKey, overridden };
}

/** Which reagent has a formula; null where several have it. */
function formulasOf(reagents: readonly Reagent[]): Map<string, Reagent | null> {
  const byFormula = new Map<string, Reagent | null>();
  for (const reagent of reagents) {
    if (reagent.formula === null) continue;
    const key = keyOf(reagent.formula);
    byFormula.set(key, byFormula.has(key) ? null : reagent);
  }
  return byFormula;
}
