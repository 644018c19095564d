import { findReagent, otherMeaning, type ReagentList } from "../../chemistry/reagentList.js";
import { convertUnit, quantityOf } from "../../chemistry/units.js";
import { columnNames } from "../../core/columnNames.js";
import type { Table } from "../../core/Table.js";
import { type ColumnMap, columnMapFormat, type ColumnUse, mappedSchema, type ReagentMeasure } from "./ColumnMap.js";
import { type HeaderMeaning, headerMeanings } from "./headerMeanings.js";
import { type HeaderReagent, headerReagent } from "./headerReagent.js";
import { meantPhase } from "./meantPhase.js";
import { meantRoute } from "./meantRoute.js";
import { type ReadHeader, readHeader } from "./readHeader.js";

/** How far a guess can be relied on: "unknown" where the header is not understood and is ignored. */
export type GuessConfidence = "sure" | "unsure" | "unknown";

/** What was made of one header, and why. */
export interface HeaderGuess {
  readonly use: ColumnUse;
  readonly confidence: GuessConfidence;
  readonly why: string;
}

/** A map guessed from headers and values, to be looked at before it is used. */
export interface MapGuess {
  readonly map: ColumnMap;
  /** One for each header, in order. */
  readonly guesses: readonly HeaderGuess[];
  /** Columns of a recipe that no header gives. */
  readonly lacking: readonly string[];
}

/**
 * Guesses what the headers of a table mean from their words and units, and from the values where they decide.
 *
 * A guess is sure only where every word of the header is understood, its unit is written and fits, no other header
 * competes for its meaning, and the values do not contradict. What may be something else is unsure and says what it
 * hesitates between. Values make a guess less sure, never surer.
 */
export function guessColumnMap(table: Table, reagents: ReagentList): MapGuess {
  const headers = columnNames(table.schema);
  const all = headers.map((header) => readHeader(table, header));
  const settled = settledNames(all, reagents);
  let drafts = all.map((one) => draftOf(one, reagents, settled));
  drafts = inOneUnit(drafts);
  drafts = paired(drafts);
  drafts = withoutRivals(drafts);
  drafts = withoutRepeats(drafts);
  const guesses = drafts.map(finished);
  const map: ColumnMap = { format: columnMapFormat, columns: guesses.map(({ use }) => use), constants: [] };
  const given = new Set(guesses.flatMap(({ use }) => ("column" in use ? [use.column] : [])));
  const brought = new Set(guesses.flatMap(({ use }) => ("reagent" in use ? [use.reagent] : [])));
  const brings = (ion: "caesium" | "lead" | "bromide"): boolean =>
    brought.has(ion) ||
    given.has(`${ion}Molar`) ||
    (ion !== "lead" && given.has(`${ion}LeadRatio`)) ||
    [...brought].some((name) => (findReagent(reagents, name)?.ions[ion] ?? 0) > 0);
  return {
    map,
    guesses,
    lacking: [
      ...(["caesium", "lead", "bromide"] as const).filter((ion) => !brings(ion)).map((ion) => `${ion}Molar`),
      ...["route", "temperatureCelsius", "timeSecond"].filter((name) => !given.has(name)),
    ],
  };
}

/** A guess that other headers may still change. */
interface Draft {
  readonly seen: ReadHeader;
  readonly use: ColumnUse;
  /** What it hesitates between; empty where it is sure. */
  readonly doubts: readonly string[];
  readonly why: string;
  readonly isUnknown?: boolean;
  readonly found?: HeaderReagent;
}

/** Aliases that mean one thing here, as the table names the other that they may mean by a name of its own. */
function settledNames(all: readonly ReadHeader[], list: ReagentList): ReadonlySet<string> {
  const named = new Set(all.flatMap(({ parts }) => headerReagent(parts.text, list)?.name ?? []));
  // OA stands for an amine only where no other header is that amine's.
  const settled = new Set<string>();
  if (named.has("oleylamine") || named.has("octylamine")) settled.add("oleic acid");
  if (named.has("oleic acid")) settled.add("oleylamine").add("caesium oleate");
  return settled;
}

function draftOf(one: ReadHeader, list: ReagentList, settled: ReadonlySet<string>): Draft {
  return (
    ownName(one) ??
    ratioDraft(one, list, settled) ??
    meaningDraft(one, list) ??
    reagentDraft(one, list, settled) ?? {
      seen: one,
      use: { header: one.header, ignored: true },
      doubts: [],
      why: "not understood",
      isUnknown: true,
    }
  );
}

function ownName(one: ReadHeader): Draft | undefined {
  if (!Object.hasOwn(mappedSchema, one.header)) return undefined;
  const { unit } = mappedSchema[one.header];
  const use = { header: one.header, column: one.header, ...(unit === "" || unit === "1" ? {} : { unit }) };
  return { seen: one, use, doubts: implausible(one, one.header, unit), why: "a column of ours by name" };
}

/** "Cs:Pb", "OA/Pb", "Br_Pb_ratio". */
function ratioDraft(one: ReadHeader, list: ReagentList, settled: ReadonlySet<string>): Draft | undefined {
  const { parts, header } = one;
  if (parts.unit !== undefined && parts.unit !== "1") return undefined;
  const saysRatio = /ratio|verh(?:ä|ae)ltnis/i.test(parts.text);
  const bare = parts.text
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

function meaningDraft(one: ReadHeader, list: ReagentList): Draft | undefined {
  const words = new Set(one.words);
  const fits = ({ needs, never = [], quantities }: HeaderMeaning): boolean =>
    needs.every((any) => any.some((word) => words.has(word))) &&
    !never.some((word) => words.has(word)) &&
    (quantities.length > 0 || one.texts.length > 0 || one.numbers.length === 0 || mayBeCoded(one));
  const meaning = headerMeanings.find(fits);
  if (meaning === undefined) return barred(one);
  const left = one.words.filter(
    (word) => !meaning.needs.some((any) => any.includes(word)) && !meaning.allows.includes(word),
  );
  const doubts = left.length === 0 ? [] : [`"${left.join(" ")}" is not understood`];
  return meaning.quantities.length > 0
    ? numberDraft(one, meaning, doubts)
    : textDraft(one, meaning.column, doubts, list);
}

function mayBeCoded({ words }: ReadHeader): boolean {
  return words.some((word) => ["batch", "sample", "experiment", "operator", "lab", "date"].includes(word));
}

/** A temperature or a time of something else than the reaction is understood, and ignored. */
function barred(one: ReadHeader): Draft | undefined {
  const other = headerMeanings.find(
    ({ needs, never = [] }) =>
      needs.every((any) => any.some((word) => one.words.includes(word))) &&
      never.some((word) => one.words.includes(word)),
  );
  if (other === undefined) return undefined;
  const why = `not ${mappedSchema[other.column].meaning}`;
  return { seen: one, use: { header: one.header, ignored: true }, doubts: [], why, isUnknown: true };
}

function numberDraft(
  one: ReadHeader,
  { column, quantities }: HeaderMeaning,
  before: readonly string[],
): Draft | undefined {
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
  const symbol = one.words.length === 1 && parts.text.length === 1;
  if (symbol && ["D", "d"].includes(parts.text)) doubts.push("a diameter, or a thickness or a distance");
  if (column === "photoluminescencePeakNanometre" && !one.words.includes("pl"))
    doubts.push("the peak of the emission, or of something else");
  if (column === "volumeMillilitre" && !one.words.includes("total")) doubts.push("all liquid, or a part of it");
  if (column === "leadYield") doubts.push("the share of the lead, or of something else");
  if (column === "photoluminescencePeakNanometre" && unit === undefined && one.words.length === 1)
    doubts.push("the peak, or something else of the emission");
  if (column === "sizeDispersionPercent" && !one.words.some((word) => ["size", "particle", "diameter"].includes(word)))
    doubts.push("the spread of the size, or of something else");
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

/** "perovskite?" of ones and zeros: whether CsPbBr3 was found; which phase stands for 0 is not told. */
function foundOrNot(one: ReadHeader): Draft | undefined {
  if (one.numbers.length === 0 || !one.numbers.every((value) => value === 0 || value === 1)) return undefined;
  return {
    seen: one,
    use: { header: one.header, column: "phase", values: { "1": "CsPbBr3", "0": "" } },
    doubts: ["whether 1 stands for CsPbBr3, and what 0 is"],
    why: mappedSchema.phase.meaning,
  };
}

/** The unit of numbers without one, where their size tells it, and what else it may be. */
function unitByValues(
  column: string,
  numbers: readonly number[],
): { readonly unit: string; readonly doubts: string[] } {
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  const own = mappedSchema[column].unit;
  const hesitant = (unit: string, between: string): { readonly unit: string; readonly doubts: string[] } => ({
    unit,
    doubts: [`no unit: ${between}`],
  });
  const sure = (unit: string): { readonly unit: string; readonly doubts: string[] } => ({ unit, doubts: [] });
  if (numbers.length === 0) return hesitant(own, `${own === "1" ? "a share or %" : own}, as it has no values`);
  switch (column) {
    case "temperatureCelsius":
      return low >= -20 && high < 250 ? sure("°C") : hesitant(low > 273 ? "K" : "°C", "°C, K or °F");
    case "timeSecond":
      return hesitant("s", "s, min or h");
    case "volumeMillilitre":
      return hesitant(low >= 100 ? "µL" : "mL", "mL or µL");
    case "photoluminescencePeakNanometre":
      return low >= 300 && high < 900 ? sure("nm") : low > 1 && high < 4 ? sure("eV") : hesitant("nm", "nm, eV or meV");
    case "photoluminescenceWidthNanometre":
      return hesitant(high < 1 ? "eV" : high > 60 ? "meV" : "nm", "nm, meV or eV");
    case "quantumYield":
    case "leadYield":
      return high > 1.5 && high <= 100 ? sure("%") : hesitant("1", "a share or %");
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
    const most = Math.max(...numbers.map((value) => convertUnit(value, unit, "meV")));
    return most > 400 || most < 20 ? [`widths of up to ${most} meV`] : [];
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

function textDraft(one: ReadHeader, column: string, before: readonly string[], list: ReagentList): Draft | undefined {
  const { header, texts, words, parts } = one;
  const base = { seen: one, why: mappedSchema[column].meaning };
  const shown = (text: string): string => `"${text.length > 30 ? `${text.slice(0, 30)}…` : text}"`;
  const isUnit = parts.unit !== undefined && parts.unit !== "1" && parts.isMarked;
  if (isUnit) return undefined;
  if (column === "phase" || column === "route") {
    const meant = column === "phase" ? meantPhase : meantRoute;
    const named = texts.map((text) => [text, meant(text)] as const);
    const strange = named.filter(([, name]) => name === undefined).map(([text]) => text);
    if (texts.length === 0 || strange.length * 2 > texts.length)
      return words.includes("phase") || words.includes("route")
        ? {
            ...base,
            use: { header, column },
            doubts: [...before, `no ${column} in ${texts.slice(0, 3).map(shown).join(", ")}`],
          }
        : undefined;
    const values = Object.fromEntries(
      named.flatMap(([text, name]) => (name === undefined || name === text ? [] : [[text, name]])),
    );
    const doubts = [
      ...before,
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
  return { ...base, use: { header, column }, doubts: before };
}

function doubtsOf({ reagent, name, doubt }: HeaderReagent, settled: ReadonlySet<string>): string[] {
  return doubt === null || (reagent !== null && settled.has(name)) ? [] : [`${name}, or ${doubt}`];
}

function reagentDraft(one: ReadHeader, list: ReagentList, settled: ReadonlySet<string>): Draft | undefined {
  const { parts, header, numbers, texts } = one;
  const found = headerReagent(parts.text, list);
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
  if (found.left.length > 0) {
    doubts.push(`"${found.left.join(" ")}" is not understood`);
    // A word or two beside a short abbreviation: the abbreviation is chance, likely.
    const isShort = parts.text.length > 0 && found.left.join("").length > parts.text.length / 2;
    if (isShort || parts.unit === undefined) return undefined;
  }
  if (parts.unit === undefined && numbers.length === 0) return undefined;
  if (numbers.some((value) => value < 0)) doubts.push("negative amounts");
  const isLiquid = found.reagent === null ? [...liquids].includes(found.name) : found.reagent.density !== null;
  if (quantity === "share" && parts.unit === "%") return shareDraft(one, found, doubts);
  const unit = quantity === "share" ? undefined : parts.unit;
  const measured = unit === undefined ? undefined : quantity;
  const by = measured ?? saidQuantity(found, isLiquid);
  const first = unit ?? unitOf(by, numbers);
  if (unit === undefined)
    doubts.push(`no unit: ${by === "volume" ? "mL or µL" : by === "concentration" ? "M or mM" : "mmol, mg, mL or M"}`);
  else if (contradicts(found, quantity!)) doubts.push(`${unit} does not measure what the header says`);
  if (liquids.has(found.name) && by !== "volume") doubts.push("which liquid it is is not said");
  const as: ReagentMeasure = by === "concentration" || by === "mass concentration" ? "concentration" : "amount";
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

const liquids: ReadonlySet<string> = new Set(["antisolvent", "polar solvent", "solvent"]);

function saidQuantity({ said }: HeaderReagent, isLiquid: boolean): "amount" | "mass" | "volume" | "concentration" {
  if (said.has("volume")) return "volume";
  if (said.has("concentration")) return "concentration";
  if (said.has("mass")) return "mass";
  return isLiquid && !said.has("amount") ? "volume" : "amount";
}

function unitOf(quantity: string, numbers: readonly number[]): string {
  const high = Math.max(0, ...numbers);
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
): Draft | undefined {
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

type Measured = Draft & {
  readonly use: Extract<ColumnUse, { readonly reagent: string }>;
  readonly found: HeaderReagent;
};

function isMeasured(draft: Draft): draft is Measured {
  return "reagent" in draft.use && draft.found !== undefined;
}

/** Solids and liquids without units are likely all in mmol; where only liquids are listed, they are in mL. */
function inOneUnit(drafts: readonly Draft[]): Draft[] {
  const isPlain = (draft: Draft): draft is Measured =>
    isMeasured(draft) && draft.seen.parts.unit === undefined && draft.found.said.size === 0;
  const someSolid = drafts.some((draft) => isPlain(draft) && draft.use.unit === "mmol");
  if (!someSolid) return [...drafts];
  return drafts.map((draft) =>
    isPlain(draft) && quantityOf(draft.use.unit) === "volume"
      ? {
          ...draft,
          use: { ...draft.use, unit: "mmol" },
          doubts: [...draft.doubts.slice(0, -1), "no unit: mmol, mL or µL"],
        }
      : draft,
  );
}

/** Volume and concentration of one reagent are those of its stock solution. */
function paired(drafts: readonly Draft[]): Draft[] {
  const measured = drafts.filter(isMeasured);
  const isVolumeOf =
    (name: string) =>
    (one: Measured): boolean =>
      one.use.reagent === name && one.use.as === "amount" && quantityOf(one.use.unit) === "volume";
  const isConcentrationOf =
    (name: string) =>
    (one: Measured): boolean =>
      one.use.reagent === name && one.use.as === "concentration" && !one.found.said.has("total");
  const someVolume = drafts.some(
    (draft) =>
      (isMeasured(draft) && quantityOf(draft.use.unit) === "volume") ||
      ("column" in draft.use && draft.use.column === "volumeMillilitre"),
  );
  return drafts.map((draft): Draft => {
    if (!isMeasured(draft)) return draft;
    const { use, found } = draft;
    const isNeat = found.reagent !== null && found.reagent.density !== null;
    if (isVolumeOf(use.reagent)(draft) && !liquids.has(use.reagent)) {
      const hasConcentration = measured.some(isConcentrationOf(use.reagent));
      if (hasConcentration) {
        const doubts = isNeat ? [...draft.doubts, "of its solution, or neat"] : draft.doubts;
        return { ...draft, use: { ...use, as: "stock volume" }, doubts, why: `volume of a solution of ${use.reagent}` };
      }
      if (!isNeat || found.said.has("stock"))
        return {
          ...draft,
          use: { ...use, as: "stock volume" },
          doubts: [...draft.doubts, "a solution of which the concentration is not said: give it under constants"],
          why: `volume of a solution of ${use.reagent}`,
        };
    }
    if (isConcentrationOf(use.reagent)(draft)) {
      if (measured.some(isVolumeOf(use.reagent)))
        return {
          ...draft,
          use: { ...use, as: "stock concentration" },
          doubts: isNeat ? [...draft.doubts, "of its solution, or in all liquid together"] : draft.doubts,
          why: `concentration of the solution of ${use.reagent}, in ${use.unit}`,
        };
      if (found.said.has("stock"))
        return {
          ...draft,
          use: { ...use, as: "stock concentration" },
          doubts: [...draft.doubts, "a solution of which the volume is not said"],
        };
      if (someVolume) return { ...draft, doubts: [...draft.doubts, "in all liquid together, or in a stock solution"] };
    }
    return draft;
  });
}

/** Of headers with one meaning the plainest stays. */
function withoutRivals(drafts: readonly Draft[]): Draft[] {
  const keyOf = ({ use }: Draft): string | undefined =>
    "column" in use ? use.column : "reagent" in use ? `${use.as} of ${use.reagent}` : undefined;
  const keys = drafts.map(keyOf);
  return drafts.map((draft, i) => {
    const key = keys[i];
    const rivals = key === undefined ? [] : drafts.filter((_, j) => keys[j] === key);
    if (rivals.length < 2) return draft;
    const [best, second] = rivals.toSorted((a, b) => plainness(b) - plainness(a));
    const others = rivals.filter((one) => one !== draft).map(({ seen: { header } }) => `"${header}"`);
    const lead = plainness(best) - plainness(second);
    if (draft === best)
      return lead >= clearLead || (lead > 0 && isSameMeasure(draft, second))
        ? draft
        : { ...draft, doubts: [...draft.doubts, `${others.join(", ")} may be the one that is meant`] };
    return {
      ...draft,
      use: { header: draft.seen.header, ignored: true as const },
      doubts: [...draft.doubts, `${key}, like "${best.seen.header}"`],
      why: `"${best.seen.header}" gives ${key}`,
    };
  });
}

/** A word that is not understood, or one that says reaction: the other is not meant. */
const clearLead = 2;

/** The same in another unit ("fwhm_nm", "fwhm_meV"): whichever is taken is right. */
function isSameMeasure(one: Draft, other: Draft): boolean {
  const units = [one, other].map(({ seen }) => seen.parts.unit);
  return units[0] !== units[1] && one.seen.words.join() === other.seen.words.join();
}

function plainness({ seen, use, doubts }: Draft): number {
  const own = "column" in use ? mappedSchema[use.column].unit : "mmol";
  const says = (word: string): number => (seen.words.includes(word) ? 1 : 0);
  return (
    -4 * doubts.length + 2 * (says("reaction") + says("growth") - says("injection")) + (seen.parts.unit === own ? 1 : 0)
  );
}

/** What follows from other headers is not counted twice. */
function withoutRepeats(drafts: readonly Draft[]): Draft[] {
  const measured = drafts.filter(isMeasured);
  const brought = (ion: string): Measured | undefined =>
    measured.find(({ use, found }) => {
      const ions: Readonly<Record<string, number>> = { ...found.reagent?.ions };
      return (ions[ion] ?? 0) > 0 && use.as !== "stock concentration";
    });
  const amountOf = new Map<string, Measured>();
  for (const one of measured.toSorted((a, b) => rank(a) - rank(b)))
    if (one.use.as !== "stock concentration" && !amountOf.has(one.use.reagent)) amountOf.set(one.use.reagent, one);
  return drafts.map((draft) => {
    if (!isMeasured(draft)) return draft;
    const { use, found } = draft;
    const repeat =
      found.reagent === null && ["caesium", "lead", "bromide"].includes(use.reagent) ? brought(use.reagent) : undefined;
    const first = amountOf.get(use.reagent);
    const other = repeat ?? (use.as !== "stock concentration" && first !== draft ? first : undefined);
    if (other === undefined) return draft;
    const why = `follows from "${other.seen.header}"`;
    return { ...draft, use: { header: use.header, ignored: true as const }, doubts: [...draft.doubts, why], why };
  });
}

/** Which of several measures of one reagent is taken. */
function rank({ use }: Measured): number {
  const order: readonly string[] = ["stock volume", "amount", "concentration", "per lead", "per caesium"];
  return order.indexOf(use.as) * 10 + ["mmol", "mol", "µmol", "mg", "g"].indexOf(use.unit);
}

function finished({ seen, use, doubts, why, isUnknown = false }: Draft): HeaderGuess {
  if (isUnknown) return { use: { header: seen.header, undecided: why }, confidence: "unknown", why };
  const unsure = [...new Set(doubts)].join("; ");
  if (unsure === "") return { use, confidence: "sure", why };
  return { use: { ...use, unsure }, confidence: "unsure", why: `${why}; ${unsure}` };
}
