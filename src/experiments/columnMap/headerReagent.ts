import type { Reagent } from "../../chemistry/Reagent.js";
import { findReagent, otherMeaning, type ReagentList } from "../../chemistry/reagentList.js";
import { type Ion, isBareLiquid } from "./ColumnMap.js";
import { headerWords } from "./headerWords.js";

/** A reagent, an ion or a liquid that a text names, and what is said of it beside. */
export interface HeaderReagent {
  /** As a column map names it. */
  readonly name: string;
  /** Null for ions and liquids that are no reagent. */
  readonly reagent: Reagent | null;
  /** What the name may mean instead; null where it is not in doubt. */
  readonly doubt: string | null;
  /** Words of quantity around it: "volume", "concentration", "amount", "mass", "total", "stock". */
  readonly said: ReadonlySet<string>;
  /** What the solution is made with, where another liquid is named beside ("PbBr2 in DMF"). */
  readonly solvent: Reagent | null;
  /** Words that are not understood. */
  readonly left: readonly string[];
}

const quantityWords = new Set(["volume", "concentration", "amount", "mass", "total", "ratio", "molar"]);
const stockWords = new Set(["stock", "solution", "precursor", "injected"]);
const fillers = new Set([
  ...["of", "the", "in", "added", "used", "for", "ligand", "ligands", "salt", "technical"],
  ...["recipe", "nominal", "target", "synthesis", "reaction", "reagents"],
]);

const ionWords: ReadonlyMap<string, Ion> = new Map([
  ["cs", "caesium"],
  ["cs+", "caesium"],
  ["caesium", "caesium"],
  ["pb", "lead"],
  ["pb2+", "lead"],
  ["lead", "lead"],
  ["br", "bromide"],
  ["br-", "bromide"],
  ["bromide", "bromide"],
]);

/** The reagent that a header without its unit names; null where it names none. */
export function headerReagent(text: string, list: ReagentList): HeaderReagent | null {
  const pieces = text
    .replaceAll(/[()[\]{}]/g, " ")
    .split(/[\s_,;:]+/)
    .filter((piece) => piece !== "");
  const whole = search(pieces, list);
  if (whole?.left.length === 0) return whole;
  const parted = [pieces.flatMap(camelParts), pieces.flatMap((piece) => piece.split("-")).filter(Boolean)]
    .filter((some) => some.length !== pieces.length)
    .flatMap((some) => search(some, list) ?? []);
  return [...(whole === null ? [] : [whole]), ...parted].toSorted((a, b) => a.left.length - b.left.length)[0] ?? null;
}

function camelParts(piece: string): string[] {
  return piece.split(/(?<=[\p{Ll}\d])(?=\p{Lu}\p{Ll}{2})|(?<=^(?:n|c|v|m|vol|conc))(?=\p{Lu}[\p{L}\d])/u);
}

/** Pieces that the name of one reagent can have: "bis(2,4,4-trimethylpentyl)phosphinic acid" has eight. */
const longestName = 8;

/** The longest run of pieces that names one; what stands around it are words of quantity, or not understood. */
function search(pieces: readonly string[], list: ReagentList): HeaderReagent | null {
  for (let length = Math.min(longestName, pieces.length); length >= 1; length--)
    for (let from = 0; from + length <= pieces.length; from++) {
      const named = nameOf(pieces.slice(from, from + length), list);
      if (named === null) continue;
      const beside = [...pieces.slice(0, from), ...pieces.slice(from + length)];
      const solvent = named.reagent === null ? null : solventOf(beside, list);
      const around = beside.filter((piece) => piece !== solvent?.piece).flatMap((piece) => headerWords(piece));
      const said = new Set(around.filter((word) => quantityWords.has(word)));
      if (around.some((word) => stockWords.has(word))) said.add("stock");
      const left = around.filter((word) => !quantityWords.has(word) && !stockWords.has(word) && !fillers.has(word));
      return { ...named, said, left, solvent: solvent?.reagent ?? null };
    }
  return null;
}

function solventOf(
  pieces: readonly string[],
  list: ReagentList,
): { readonly piece: string; readonly reagent: Reagent } | null {
  for (const piece of pieces) {
    const reagent = findReagent(list, piece);
    if (reagent !== null && piece.length > 2 && isBareLiquid(reagent.role)) return { piece, reagent };
  }
  return null;
}

function nameOf(pieces: readonly string[], list: ReagentList): Omit<HeaderReagent, "said" | "left" | "solvent"> | null {
  const written = pieces.join(" ");
  // Words of quantity are names of nothing, whatever an alias says ("n", "AC").
  if (pieces.length === 1 && headerWords(written).every((word) => quantityWords.has(word) || stockWords.has(word)))
    return null;
  const words = headerWords(written);
  const translated = words.join(" ");
  const ion = ionWords.get(written.toLowerCase()) ?? ionWords.get(translated);
  if (ion !== undefined) return { name: ion, reagent: null, doubt: null };
  if (isBareLiquid(translated)) return { name: translated, reagent: null, doubt: null };
  const found = findReagent(list, written);
  const reagent = found ?? findReagent(list, translated) ?? findReagent(list, turned(words));
  if (reagent === null) return null;
  return { name: reagent.name, reagent, doubt: found === null ? null : otherMeaning(found, written) };
}

/** "oleate de césium" and "acide oléique" as English says them. */
function turned(words: readonly string[]): string {
  const of = words.indexOf("of");
  if (of > 0) return [...words.slice(of + 1), ...words.slice(0, of)].filter((word) => word !== "of").join(" ");
  return words[0] === "acid" ? [...words.slice(1), "acid"].join(" ") : "";
}
