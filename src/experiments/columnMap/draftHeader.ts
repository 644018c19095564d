import { phaseNames } from "../../chemistry/phases.js";
import { findReagent, otherMeaning, type ReagentList } from "../../chemistry/reagentList.js";
import { convertUnit, quantityOf } from "../../chemistry/units.js";
import { shortText } from "../../core/shortText.js";
import {
  type ColumnConstant,
  type ColumnUse,
  ions,
  isBareLiquid,
  mappedSchema,
  type ReagentMeasure,
} from "./ColumnMap.js";
import { apartWords, type HeaderMeaning, headerMeanings } from "./headerMeanings.js";
import { type HeaderReagent, headerReagent } from "./headerReagent.js";
import { isAmountUnit } from "./isAmountUnit.js";
import { meantPhase } from "./meantPhase.js";
import { meantRoute } from "./meantRoute.js";
import type { ReadHeader } from "./readHeader.js";

/** What a header means by itself, which other headers may still change. */
export interface HeaderDraft {
  readonly seen: ReadHeader;
  readonly use: ColumnUse;
  /** What it hesitates between; empty where it is sure. */
  readonly doubts: readonly string[];
  readonly why: string;
  readonly found?: HeaderReagent;
  /** What the header says beside for every row: how strong a solution is. */
  readonly constants?: readonly ColumnConstant[];
}

/**
 * What a header means by its words, its unit and its values, without the others.
 *
 * @param settled  reagents whose ambiguous aliases mean one thing in this table
 */
export function draftHeader(one: ReadHeader, list: ReagentList, settled: ReadonlySet<string>): HeaderDraft {
  return (
    ownName(one) ??
    apartDraft(one) ??
    ratioDraft(one, list, settled) ??
    meaningDraft(one, list) ??
    reagentDraft(one, settled) ??
    phaseByValues(one) ??
    undecided(one, "not understood")
  );
}

function undecided(one: ReadHeader, why: string): HeaderDraft {
  return { seen: one, use: { header: one.header, undecided: why }, doubts: [], why };
}

/** What is understood to be no part of a recipe and no outcome of ours. */
function apartDraft(one: ReadHeader): HeaderDraft | undefined {
  const { header, words, parts, named } = one;
  const word = words.find((each) => Object.hasOwn(apartWords, each));
  // The lot of a reagent is no batch of experiments.
  const isLot = words.includes("batch") && named !== null;
  const isOutput = words.includes("yield") && ["mass", "amount"].includes(quantityOf(parts.unit ?? "1")!);
  if (word === undefined && !isLot && !isOutput) return undefined;
  const why = word !== undefined ? apartWords[word] : isLot ? "of a reagent" : "what came out";
  return { seen: one, use: { header, ignored: true, why }, doubts: [], why };
}

function ownName(one: ReadHeader): HeaderDraft | undefined {
  if (!Object.hasOwn(mappedSchema, one.header)) return undefined;
  const { unit, levels } = mappedSchema[one.header];
  const isOurs = one.numbers.length === 0 && one.texts.every((text) => levels?.includes(text));
  if (levels !== undefined && !isOurs) return undefined;
  const use = { header: one.header, column: one.header, ...(unit === "" || unit === "1" ? {} : { unit }) };
  return { seen: one, use, doubts: implausible(one, one.header, unit), why: "a column of ours by name" };
}

/** "Cs:Pb", "OA/Pb", "Br_Pb_ratio". */
function ratioDraft(one: ReadHeader, list: ReagentList, settled: ReadonlySet<string>): HeaderDraft | undefined {
  const { parts, header } = one;
  if (parts.unit !== undefined && parts.unit !== "1") return undefined;
  const saysRatio = /ratio|verh(?:ä|ae)ltnis|^r\s*\(/i.test(parts.text);
  const bare = parts.text
    .replace(/^r\s*\((.*)\)$/, "$1")
    .replaceAll(/\b(?:molar|mole|mol|atomic)\b|(?:molar|mol)?_?(?:ratio|verh(?:ä|ae)ltnis)|\bof\b/gi, " ")
    .trim()
    .replaceAll(/^[\s_()[\]]+|[\s_()[\]]+$/g, "");
  const marked = /^([^:/]+?)\s*(?::|\/|\bper\b|\bto\b)\s*([^:/]+)$/i.exec(bare);
  const joined = /^([^_\s]+)[_\s]([^_\s]+)$/.exec(bare) ?? /^(Cs|Br|Pb)(Pb|Cs)$/.exec(bare);
  const found = marked ?? joined;
  if (found === null) return undefined;
  const [above, below] = [headerReagent(found[1], list), headerReagent(found[2], list)];
  if (above === null || below === null || above.left.length + below.left.length > 0) return undefined;
  // "OA OLA" may be a list of two; two elements side by side are a ratio, likely.
  const areIons = above.reagent === null && below.reagent === null;
  if (marked === null && !saysRatio && !areIons) return undefined;
  const per = below.reagent === null ? below.name : (below.reagent.ions.lead ?? 0) === 1 ? "lead" : undefined;
  const doubts = [
    ...doubtsOf(above, settled),
    ...(marked === null && !saysRatio ? ["a ratio, or something else of the two"] : []),
  ];
  const why = `the ratio of ${above.name} to ${below.name}`;
  if (above.name === below.name) return undefined;
  if (per === "lead" && (above.name === "caesium" || above.name === "bromide")) {
    const column = `${above.name}LeadRatio`;
    return { seen: one, use: { header, column }, doubts: [...doubts, ...implausible(one, column, "1")], why };
  }
  if (per === "lead" || per === "caesium") {
    const as: ReagentMeasure = per === "lead" ? "per lead" : "per caesium";
    return { seen: one, use: { header, reagent: above.name, as, unit: "1" }, doubts, why, found: above };
  }
  return { seen: one, use: { header, ignored: true }, doubts: [`${why}, which no column of ours holds`], why };
}

function meaningDraft(one: ReadHeader, list: ReagentList): HeaderDraft | undefined {
  const words = new Set(one.words);
  const leftOf = ({ needs, allows }: HeaderMeaning): string[] =>
    one.words.filter((word) => !needs.some((any) => any.includes(word)) && !allows.includes(word));
  const fits = (meaning: HeaderMeaning): boolean =>
    meaning.needs.every((any) => any.some((word) => words.has(word))) &&
    !(meaning.never ?? []).some((word) => words.has(word)) &&
    (meaning.isAlone !== true || leftOf(meaning).length === 0) &&
    mayMeasure(one, meaning) &&
    (meaning.quantities.length > 0 || one.texts.length > 0 || one.numbers.length === 0 || mayBeCoded(one));
  const meaning = headerMeanings.find(fits);
  if (meaning === undefined) return barred(one);
  const left = leftOf(meaning);
  const doubts = [
    ...(left.length === 0 ? [] : [`"${left.join(" ")}" is not understood`]),
    ...(meaning.doubt === undefined ? [] : [meaning.doubt]),
  ];
  return meaning.quantities.length > 0
    ? numberDraft(one, meaning, doubts)
    : textDraft(one, meaning.column, doubts, list);
}

/** A unit that is written apart says what the header measures. */
function mayMeasure({ parts }: ReadHeader, { column, quantities }: HeaderMeaning): boolean {
  const { unit } = parts;
  if (unit === undefined || unit === "1" || !parts.isMarked || column === "phase") return true;
  return quantities.includes(quantityOf(unit)!);
}

/** A column of nothing but phases of ours, whatever it is called. */
function phaseByValues(one: ReadHeader): HeaderDraft | undefined {
  const { texts, header } = one;
  if (texts.length === 0 || !texts.every((text) => (phaseNames as readonly string[]).includes(text))) return undefined;
  const doubts = ["the phase, or one of several columns that name it"];
  return { seen: one, use: { header, column: "phase" }, doubts, why: mappedSchema.phase.meaning };
}

function mayBeCoded({ words }: ReadHeader): boolean {
  const coded = ["batch", "sample", "experiment", "run", "number", "id", "code", "operator", "lab", "date"];
  return words.some((word) => coded.includes(word));
}

/** A temperature or a time of something else than the reaction is understood, and ignored. */
function barred(one: ReadHeader): HeaderDraft | undefined {
  const other = headerMeanings.find(
    ({ needs, never = [] }) =>
      needs.every((any) => any.some((word) => one.words.includes(word))) &&
      never.some((word) => one.words.includes(word)),
  );
  if (other === undefined || isAmountUnit(one.parts.unit)) return undefined;
  const why = `not ${mappedSchema[other.column].meaning}`;
  return { seen: one, use: { header: one.header, ignored: true, why }, doubts: [], why };
}

function numberDraft(
  one: ReadHeader,
  { column, quantities }: HeaderMeaning,
  before: readonly string[],
): HeaderDraft | undefined {
  const { header, parts, numbers } = one;
  if (column === "phase") return foundOrNot(one);
  const doubts = [...before];
  const own = mappedSchema[column].unit;
  let { unit } = parts;
  if (unit === "1" && !quantities.includes("share")) unit = undefined;
  if (unit !== undefined && !quantities.includes(quantityOf(unit)!)) {
    // A letter at the end may be no unit ("sample_d"); one in brackets says that something else is meant.
    if (parts.isMarked) return undefined;
    doubts.push(`${unit} is no unit of ${column}`);
    unit = undefined;
  }
  if (Object.hasOwn(symbolDoubts, parts.text)) doubts.push(symbolDoubts[parts.text]);
  if (numbers.length === 0 && one.texts.length > 0) return undefined;
  if (unit === undefined) {
    const told = unitByValues(column, numbers);
    unit = told.unit;
    doubts.push(...told.doubts);
  }
  doubts.push(...implausible(one, column, unit));
  const use = { header, column, ...(unit === "1" && own === "1" ? {} : { unit }) };
  return { seen: one, use, doubts, why: `${mappedSchema[column].meaning}, in ${unit}` };
}

const symbolDoubts: Readonly<Record<string, string>> = {
  D: "a diameter, or a thickness or a distance",
  d: "a diameter, or a thickness or a distance",
  a: "an edge, or a lattice constant",
  Δλ: "a width, or a shift",
};

/** "perovskite?" of ones and zeros: whether CsPbBr3 was found; which phase stands for 0 is not told. */
function foundOrNot(one: ReadHeader): HeaderDraft | undefined {
  if (one.numbers.length === 0 || !one.numbers.every((value) => value === 0 || value === 1)) return undefined;
  return {
    seen: one,
    use: { header: one.header, column: "phase", values: { "1": "CsPbBr3", "0": "" } },
    doubts: ["whether 1 stands for CsPbBr3, and what 0 is"],
    why: mappedSchema.phase.meaning,
  };
}

/** The likeliest unit of numbers without one, by their size, and what else it may be. */
function unitByValues(
  column: string,
  numbers: readonly number[],
): { readonly unit: string; readonly doubts: string[] } {
  const [low, high] = [least(numbers), most(numbers)];
  const own = mappedSchema[column].unit;
  const hesitant = (unit: string, between: string): { readonly unit: string; readonly doubts: string[] } => ({
    unit,
    doubts: [`no unit: ${between}`],
  });
  if (numbers.length === 0) return hesitant(own, `${own === "1" ? "a share or %" : own}, as it has no values`);
  switch (column) {
    case "temperatureCelsius":
      return hesitant(low > 273 ? "K" : "°C", "°C, K or °F");
    case "timeSecond":
      return hesitant("s", "s, min or h");
    case "volumeMillilitre":
      return hesitant(low >= 100 ? "µL" : "mL", "mL or µL");
    case "photoluminescencePeakNanometre":
      return hesitant(low > 1 && high < 4 ? "eV" : "nm", "nm, eV or meV");
    case "photoluminescenceWidthNanometre":
      return hesitant(high < 1 ? "eV" : high > 60 ? "meV" : "nm", "nm, meV or eV");
    case "quantumYield":
    case "leadYield":
      return hesitant(high > 1.5 && high <= 100 ? "%" : "1", "a share or %");
    case "sizeDispersionPercent":
      return hesitant(high <= 1 ? "1" : "%", "%, a share, or nm");
    default:
      return hesitant(own, own);
  }
}

/** Values that the column cannot have in this unit, where they are more than slips. */
function implausible({ numbers }: ReadHeader, column: string, unit: string): string[] {
  const { kind, min = -Infinity, max = Infinity, unit: own } = mappedSchema[column];
  if (kind !== "number" || numbers.length === 0) return [];
  const widthInEnergy = column === "photoluminescenceWidthNanometre" && quantityOf(unit) === "energy";
  if (widthInEnergy) {
    const widest = most(numbers.map((value) => convertUnit(value, unit, "meV")));
    return widest > 400 || widest < 20 ? [`widths of up to ${widest} meV`] : [];
  }
  const isSpread = column === "sizeDispersionPercent" && quantityOf(unit) === "length";
  if (isSpread || own === unit.replace("mol/L", own)) return outside(numbers, min, max, own);
  return outside(
    numbers.map((value) => convertUnit(value, unit === "" ? own : unit, own)),
    min,
    max,
    own,
  );
}

function outside(values: readonly number[], min: number, max: number, unit: string): string[] {
  const strays = values.filter((value) => value < min || value > max);
  if (strays.length * 10 <= values.length) return [];
  return [`${strays.length} of ${values.length} values lie outside ${min} to ${max} ${unit}`];
}

function textDraft(
  one: ReadHeader,
  column: string,
  before: readonly string[],
  list: ReagentList,
): HeaderDraft | undefined {
  const { header, texts, words, parts } = one;
  const base = { seen: one, why: mappedSchema[column].meaning };
  const shown = (text: string): string => `"${shortText(text, 30)}"`;
  const isUnit = parts.unit !== undefined && parts.unit !== "1" && parts.isMarked;
  if (isUnit) return undefined;
  if (column === "phase" || column === "route") {
    const meant = column === "phase" ? meantPhase : meantRoute;
    const named = texts.map((text) => [text, meant(text)] as const);
    const strange = named.filter(([, name]) => name === undefined).map(([text]) => text);
    if (texts.length > 0 && strange.length * 2 > texts.length)
      return words.includes("phase") || words.includes("route")
        ? undecided(one, `no ${column} of ours in ${texts.slice(0, 3).map(shown).join(", ")}`)
        : undefined;
    const values = Object.fromEntries(
      named.flatMap(([text, name]) => (name === undefined || name === text ? [] : [[text, name]])),
    );
    const short = column === "phase" ? texts.find((text) => /^[\d\s-]+D?$/i.test(text)) : undefined;
    const doubts = [
      ...before,
      ...(texts.length === 0 ? [`no ${column} in it`] : []),
      ...(short === undefined ? [] : [`whether ${shown(short)} stands for ${values[short]}`]),
      ...(strange.length === 0 ? [] : [`not understood: ${strange.slice(0, 3).map(shown).join(", ")}`]),
    ];
    return { ...base, use: { header, column, ...(Object.keys(values).length === 0 ? {} : { values }) }, doubts };
  }
  if (column === "date") {
    const isIso = texts.every((text) => /^\d{4}-\d\d-\d\d/.test(text));
    return {
      ...base,
      use: { header, column },
      doubts: [...before, ...(isIso && texts.length > 0 ? [] : ["no days written YYYY-MM-DD"])],
    };
  }
  if (column === "doi") {
    const areDois = texts.every((text) => /^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:\s*)?10\.\d{4,}\//i.test(text));
    return { ...base, use: { header, column }, doubts: [...before, ...(areDois ? [] : ["its texts are no DOIs"])] };
  }
  if (["antisolvent", "caesiumSource", "bromideSource"].includes(column)) {
    const strange = texts.filter((text) => findReagent(list, text) === null);
    const doubts =
      strange.length === 0 ? [] : [`not in the list of reagents: ${strange.slice(0, 3).map(shown).join(", ")}`];
    const values = Object.fromEntries(
      texts.flatMap((text) => {
        const found = findReagent(list, text);
        return found === null || found.name === text || otherMeaning(found, text) !== null ? [] : [[text, found.name]];
      }),
    );
    return {
      ...base,
      use: { header, column, ...(Object.keys(values).length === 0 ? {} : { values }) },
      doubts: [...before, ...doubts],
    };
  }
  const names = ["sample", "experiment"];
  const isSingle = column !== "experiment" || one.isDistinct || words.some((word) => names.includes(word));
  return {
    ...base,
    use: { header, column },
    doubts: isSingle ? before : [...before, "the name of the experiment, though several have one"],
  };
}

function doubtsOf({ reagent, name, doubt }: HeaderReagent, settled: ReadonlySet<string>): string[] {
  return doubt === null || (reagent !== null && settled.has(name)) ? [] : [`${name}, or ${doubt}`];
}

function reagentDraft(one: ReadHeader, settled: ReadonlySet<string>): HeaderDraft | undefined {
  const { parts, header, numbers, texts, named: found } = one;
  if (found === null || (texts.length > 0 && numbers.length === 0)) return undefined;
  const quantity = parts.unit === undefined ? undefined : quantityOf(parts.unit);
  const wanted: readonly (typeof quantity)[] = [
    "amount",
    "mass",
    "volume",
    "concentration",
    "mass concentration",
    "share",
  ];
  if (parts.unit !== undefined && parts.unit !== "1" && !wanted.includes(quantity)) return undefined;
  const doubts = doubtsOf(found, settled);
  if (found.left.join() === "equivalent" && (parts.unit === undefined || parts.unit === "1")) {
    const use = { header, reagent: found.name, as: "per lead" as const, unit: "1" };
    return {
      seen: one,
      use,
      doubts: [...doubts, "per lead, or per caesium"],
      why: `equivalents of ${found.name}`,
      found,
    };
  }
  if (found.left.length > 0) {
    doubts.push(`"${found.left.join(" ")}" is not understood`);
    // A word or two beside a short abbreviation: the abbreviation is chance, likely.
    const isShort = parts.text.length > 0 && found.left.join("").length > parts.text.length / 2;
    if (isShort || parts.unit === undefined) return undefined;
    // "OLA (acid, mL)" says that the abbreviation means another.
    if (found.left.some((word) => ["acid", "amine"].includes(word))) return undefined;
  }
  if (parts.unit === undefined && numbers.length === 0) return undefined;
  if (numbers.some((value) => value < 0)) doubts.push("negative amounts");
  if (found.name === "finished caesium lead bromide")
    return {
      seen: one,
      use: { header, ignored: true },
      doubts: ["the product, or brought in finished"],
      why: found.name,
    };
  const isLiquid = found.reagent === null ? isBareLiquid(found.name) : found.reagent.density !== null;
  if (quantity === "share" && parts.unit === "%") return shareDraft(one, found, doubts);
  const unit = quantity === "share" ? undefined : parts.unit;
  const measured = unit === undefined ? undefined : quantity;
  const by = measured ?? saidQuantity(found, isLiquid);
  const first = unit ?? unitOf(by, numbers);
  if (unit === undefined)
    doubts.push(`no unit: ${by === "volume" ? "mL or µL" : by === "concentration" ? "M or mM" : "mmol, mg, mL or M"}`);
  else if (contradicts(found, quantity!)) doubts.push(`${unit} does not measure what the header says`);
  if (isBareLiquid(found.name) && by !== "volume") doubts.push("which liquid it is is not said");
  if (parts.strength !== undefined && by === "volume" && found.reagent !== null)
    return solutionDraft(one, found, first, doubts);
  if (parts.strength !== undefined) doubts.push("a number stands in the header");
  const as: ReagentMeasure = by === "concentration" || by === "mass concentration" ? "concentration" : "amount";
  doubts.push(...tooStrong(one, found, as, first));
  if (by === "mass concentration" && found.reagent === null) doubts.push("the mass of which compound");
  if (by === "mass" && found.reagent === null) doubts.push("the mass of the element, or of its compound");
  return {
    seen: one,
    use: { header, reagent: found.name, as, unit: first },
    doubts,
    why: `${found.said.has("stock") ? "a solution of " : ""}${found.name}, ${by} in ${first}`,
    found,
  };
}

/** "CsBr 0.1 M in DMSO (µL)". */
function solutionDraft(one: ReadHeader, found: HeaderReagent, unit: string, doubts: readonly string[]): HeaderDraft {
  const { header, parts } = one;
  const { name, solvent } = found;
  return {
    seen: one,
    use: { header, reagent: name, as: "stock volume", unit },
    doubts,
    why: `volume of a solution of ${name} of ${parts.strength!.value} ${parts.strength!.unit}`,
    found,
    constants: [
      { reagent: name, as: "stock concentration", ...parts.strength! },
      ...(solvent === null ? [] : [{ reagent: name, as: "stock solvent" as const, value: solvent.name }]),
    ],
  };
}

/** Neat acetic acid is the strongest liquid, 17.5 mol/L; what brings ions has the limits of the recipe. */
const strongestMolar = 18;

/** Concentrations that no recipe has: the unit may be another, or they are those of a bottle. */
function tooStrong(
  { numbers }: ReadHeader,
  { name, reagent }: HeaderReagent,
  as: ReagentMeasure,
  unit: string,
): string[] {
  if (as !== "concentration" || quantityOf(unit) !== "concentration") return [];
  const strongest = most(numbers.map((value) => convertUnit(value, unit, "mol/L")));
  const brought: Readonly<Record<string, number>> = reagent === null ? { [name]: 1 } : { ...reagent.ions };
  const limits = ions.map((ion) =>
    (brought[ion] ?? 0) > 0 ? mappedSchema[`${ion}Molar`].max! / brought[ion] : strongestMolar,
  );
  return strongest > least(limits) ? [`${strongest} mol/L, which no recipe has`] : [];
}

function saidQuantity({ said }: HeaderReagent, isLiquid: boolean): "amount" | "mass" | "volume" | "concentration" {
  if (said.has("volume")) return "volume";
  if (said.has("concentration")) return "concentration";
  if (said.has("mass")) return "mass";
  return isLiquid && !said.has("amount") ? "volume" : "amount";
}

function unitOf(quantity: string, numbers: readonly number[]): string {
  const high = most(numbers);
  if (quantity === "volume") return high >= 100 ? "µL" : "mL";
  if (quantity === "concentration") return high > 5 ? "mmol/L" : "mol/L";
  return quantity === "mass" ? "mg" : "mmol";
}

function contradicts({ said }: HeaderReagent, quantity: string): boolean {
  return (
    (said.has("volume") && quantity !== "volume") ||
    (said.has("concentration") && !quantity.includes("concentration")) ||
    (said.has("mass") && quantity !== "mass" && quantity !== "mass concentration")
  );
}

/** Per cent of a liquid are of the volume, where nothing else is said. */
function shareDraft(
  one: ReadHeader,
  { name, reagent, left }: HeaderReagent,
  before: readonly string[],
): HeaderDraft | undefined {
  const { header, parts } = one;
  const column =
    reagent?.role === "water" || name === "water"
      ? "waterFraction"
      : reagent?.role === "polar solvent" || name === "polar solvent"
        ? "polarSolventFraction"
        : undefined;
  if (column === undefined || left.length > 0) return undefined;
  const isVolume = parts.shareOf === "vol" || parts.shareOf === "v/v";
  const doubts = [
    ...before,
    ...(isVolume ? [] : ["% of the volume, or of the mass or the amount"]),
    ...implausible(one, column, "%"),
  ];
  return { seen: one, use: { header, column, unit: "%" }, doubts, why: `${mappedSchema[column].meaning}, in %` };
}

// A table has more rows than a call takes arguments.
function least(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => Math.min(a, b), Infinity);
}

function most(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => Math.max(a, b), -Infinity);
}
