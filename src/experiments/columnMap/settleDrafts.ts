import { mixture } from "../../chemistry/mixture.js";
import { findReagent, type ReagentList } from "../../chemistry/reagentList.js";
import { quantityOf } from "../../chemistry/units.js";
import type { Table } from "../../core/Table.js";
import { cellAt } from "./cellAt.js";
import { type ColumnUse, type Ion, ions, isBareLiquid, mappedSchema } from "./ColumnMap.js";
import type { HeaderDraft } from "./draftHeader.js";
import type { HeaderReagent } from "./headerReagent.js";
import { isAmountUnit } from "./isAmountUnit.js";
import { bareReagents, measuredAmount, type MeasuredReagent } from "./mappedMixture.js";

/** What headers mean beside one another: stock solutions of two headers, rivals for one meaning, what counts twice. */
export function settleDrafts(
  alone: readonly HeaderDraft[],
  { table, reagents }: { readonly table: Table; readonly reagents: ReagentList },
): readonly HeaderDraft[] {
  const stocks = asStocks(acidsAndAmines(inOneUnit(alone)));
  const washed = besideWashing(stocks);
  const single = withoutRivals(washed, { measured: washed.filter(isMeasured), table, list: reagents });
  return withoutRepeats(single, { measured: single.filter(isMeasured), table, list: reagents });
}

type Measured = HeaderDraft & {
  readonly use: Extract<ColumnUse, { readonly reagent: string }>;
  readonly found: HeaderReagent;
};

function isMeasured(draft: HeaderDraft): draft is Measured {
  return "reagent" in draft.use && draft.found !== undefined;
}

/** Solids and liquids without units are likely all in mmol; where only liquids are listed, they are in mL. */
function inOneUnit(drafts: readonly HeaderDraft[]): readonly HeaderDraft[] {
  const isPlain = (draft: HeaderDraft): draft is Measured =>
    isMeasured(draft) && draft.seen.parts.unit === undefined && draft.found.said.size === 0;
  const someSolid = drafts.some((draft) => isPlain(draft) && draft.use.unit === "mmol");
  if (!someSolid) return drafts;
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

/** "OLA" beside "OAm" is the acid, and "OA" beside both is the short amine, likely. */
function acidsAndAmines(drafts: readonly HeaderDraft[]): readonly HeaderDraft[] {
  const isOf =
    (name: string, isPlain: boolean) =>
    (draft: HeaderDraft): boolean =>
      isMeasured(draft) && draft.found.name === name && (draft.found.doubt === null) === isPlain;
  const isUnclear = isOf("oleylamine", false);
  if (!drafts.some(isUnclear) || !drafts.some(isOf("oleylamine", true))) return drafts;
  const renamed = (draft: HeaderDraft, reagent: string): HeaderDraft => ({
    ...draft,
    use: { ...(draft as Measured).use, reagent },
    doubts: [...draft.doubts, `${reagent}, as another header names oleylamine`],
  });
  return drafts.map((draft) => {
    if (isUnclear(draft)) return renamed(draft, "oleic acid");
    return isOf("oleic acid", false)(draft) ? renamed(draft, "octylamine") : draft;
  });
}

/** Volume and concentration of one reagent are those of its stock solution. */
function asStocks(drafts: readonly HeaderDraft[]): readonly HeaderDraft[] {
  const measured = drafts.filter(isMeasured);
  const isVolume = ({ use }: Measured): boolean => use.as === "amount" && quantityOf(use.unit) === "volume";
  const isConcentration = ({ use, found }: Measured): boolean => use.as === "concentration" && !found.said.has("total");
  const namesOf = (some: readonly Measured[]): ReadonlySet<string> => new Set(some.map(({ use }) => use.reagent));
  const volumes = namesOf(measured.filter(isVolume));
  const concentrations = namesOf(measured.filter(isConcentration));
  const hasRoom = drafts.some(
    ({ use }) =>
      ("reagent" in use && quantityOf(use.unit) === "volume") || ("column" in use && use.column === "volumeMillilitre"),
  );
  const polars = measured.filter((one) => isVolume(one) && one.found.reagent?.role === "polar solvent");
  const polar = polars.length === 1 ? polars[0].use.reagent : undefined;
  const bringsIon = ({ found }: Measured): boolean => ions.some((ion) => (found.reagent?.ions[ion] ?? 0) > 0);
  const hasIons = measured.some((one) => isConcentration(one) && one.found.reagent === null);
  return drafts.map((draft): HeaderDraft => {
    if (!isMeasured(draft)) return draft;
    const { use, found, doubts } = draft;
    const isNeat = found.reagent !== null && found.reagent.density !== null;
    const stockVolume = (doubt: string | undefined): HeaderDraft => ({
      ...draft,
      use: { ...use, as: "stock volume" },
      doubts: doubt === undefined ? doubts : [...doubts, doubt],
      why: `volume of a solution of ${use.reagent}`,
      constants:
        found.solvent === null ? [] : [{ reagent: use.reagent, as: "stock solvent", value: found.solvent.name }],
    });
    const stockConcentration = (doubt: string | undefined): HeaderDraft => ({
      ...draft,
      use: { ...use, as: "stock concentration" },
      doubts: doubt === undefined ? doubts : [...doubts, doubt],
      why: `concentration of the solution of ${use.reagent}, in ${use.unit}`,
    });
    if (isVolume(draft) && !isBareLiquid(use.reagent)) {
      if (concentrations.has(use.reagent)) return stockVolume(isNeat ? "of its solution, or neat" : undefined);
      if (!isNeat || found.said.has("stock") || found.solvent !== null)
        return stockVolume("a solution of which the concentration is not said: give it under constants");
    }
    if (!isConcentration(draft)) return draft;
    if (volumes.has(use.reagent))
      return stockConcentration(isNeat ? "of its solution, or in all liquid together" : undefined);
    if (found.said.has("stock")) return stockConcentration("a solution of which the volume is not said");
    // The concentrations of ions are those of the reaction; those of salts are often those of their solutions.
    if (polar !== undefined && !hasIons && bringsIon(draft))
      return {
        ...draft,
        use: { ...use, in: polar },
        doubts: [...doubts, `in the ${polar}, or in all liquid together`],
        why: `concentration of ${use.reagent} in the ${polar}`,
      };
    if (hasRoom || !hasIons) return { ...draft, doubts: [...doubts, "in all liquid together, or in a stock solution"] };
    return draft;
  });
}

/** Poor solvents beside the solvent of a hot injection, or several of them, may only have washed the product. */
function besideWashing(drafts: readonly HeaderDraft[]): readonly HeaderDraft[] {
  const roleOf = (draft: HeaderDraft): string | undefined =>
    isMeasured(draft) && draft.use.as === "amount" ? (draft.found.reagent?.role ?? draft.found.name) : undefined;
  const roles = drafts.map(roleOf);
  const isHot = roles.includes("solvent");
  const poor = roles.filter((role) => role === "antisolvent").length;
  return drafts.map((draft, i) => {
    if (roles[i] !== "antisolvent" || !isMeasured(draft)) return draft;
    const why = "put into the reaction, or to wash the product";
    if (isHot) return leftOut(draft, why);
    const washes = draft.found.name.endsWith(" acetate");
    return poor > 1 || washes ? { ...draft, doubts: [...draft.doubts, why] } : draft;
  });
}

/** What is not read: of an amount the user must say so, as the volume hangs on it. */
function leftOut(draft: HeaderDraft, why: string): HeaderDraft {
  const { header } = draft.seen;
  return isAmountUnit("unit" in draft.use ? draft.use.unit : undefined) && isMeasured(draft)
    ? { ...draft, use: { header, undecided: why }, doubts: [], why, constants: [] }
    : { ...draft, use: { header, ignored: true }, doubts: [...draft.doubts, why], why, constants: [] };
}

/** Of headers with one meaning the plainest stays. */
function withoutRivals(drafts: readonly HeaderDraft[], beside: Beside): readonly HeaderDraft[] {
  const keyOf = ({ use }: HeaderDraft): string =>
    "column" in use ? use.column : "reagent" in use ? `${use.as} of ${use.reagent}` : "";
  const groups = new Map<string, HeaderDraft[]>();
  for (const draft of drafts) {
    const group = groups.get(keyOf(draft));
    if (group === undefined) groups.set(keyOf(draft), [draft]);
    else group.push(draft);
  }
  const settled = new Map<HeaderDraft, HeaderDraft>();
  for (const [key, rivals] of groups) {
    if (key === "" || rivals.length < 2) continue;
    const [best, second] = rivals.toSorted((a, b) => plainness(b) - plainness(a));
    const lead = plainness(best) - plainness(second);
    const isClear = lead >= clearLead || (lead > 0 && isSameMeasure(best, second));
    const isSame = (rival: HeaderDraft): boolean =>
      isMeasured(best) && isMeasured(rival) && followsFrom(rival, [best], beside);
    const others = rivals.filter((rival) => rival !== best && !isSame(rival));
    for (const rival of rivals)
      settled.set(
        rival,
        others.includes(rival) ? leftOut(rival, `${key}, like "${best.seen.header}"`) : repeated(rival, best),
      );
    const doubt = `${others
      .slice(0, 3)
      .map(({ seen: { header } }) => `"${header}"`)
      .join(", ")} may be the one that is meant`;
    settled.set(best, isClear || others.length === 0 ? best : { ...best, doubts: [...best.doubts, doubt] });
  }
  return drafts.map((draft) => settled.get(draft) ?? draft);
}

function repeated({ seen, found }: HeaderDraft, first: HeaderDraft): HeaderDraft {
  const why = `follows from "${first.seen.header}"`;
  return { seen, use: { header: seen.header, ignored: true, why }, doubts: [], why, found };
}

/** A word that is not understood, or one that says reaction: the other is not meant. */
const clearLead = 2;

/** The same in another unit ("fwhm_nm", "fwhm_meV"): whichever is taken is right. */
function isSameMeasure(one: HeaderDraft, other: HeaderDraft): boolean {
  const units = [one, other].map(({ seen }) => seen.parts.unit);
  return units[0] !== units[1] && one.seen.words.join() === other.seen.words.join();
}

function plainness({ seen, use, doubts }: HeaderDraft): number {
  const own = "column" in use ? mappedSchema[use.column].unit : "mmol";
  const says = (word: string): number => (seen.words.includes(word) ? 1 : 0);
  return (
    -4 * doubts.length + 2 * (says("reaction") + says("growth") - says("injection")) + (seen.parts.unit === own ? 1 : 0)
  );
}

/** What follows from other headers is not counted twice. */
function withoutRepeats(drafts: readonly HeaderDraft[], beside: Beside): readonly HeaderDraft[] {
  const counted = beside.measured.filter(({ use }) => use.as !== "stock concentration");
  const bringing = (ion: Ion): readonly Measured[] =>
    counted.filter(({ found }) => found.reagent !== null && (found.reagent.ions[ion] ?? 0) > 0);
  const sources: Readonly<Record<string, readonly Measured[]>> = Object.fromEntries(
    ions.map((ion) => [ion, bringing(ion)]),
  );
  const firstOf = new Map<string, Measured>();
  for (const one of counted.toSorted((a, b) => rank(a) - rank(b)))
    if (!firstOf.has(one.use.reagent)) firstOf.set(one.use.reagent, one);
  return drafts.map((draft) => {
    if (!isMeasured(draft) || draft.use.as === "stock concentration") return draft;
    const { use, found } = draft;
    const brought = found.reagent === null ? (sources[use.reagent] ?? []) : [];
    const first = firstOf.get(use.reagent)!;
    const others = brought.length > 0 ? brought : first === draft ? [] : [first];
    if (others.length === 0) return draft;
    if (followsFrom(draft, others, beside)) return repeated(draft, others[0]);
    return leftOut(draft, `${use.reagent}, which "${others[0].seen.header}" brings too`);
  });
}

/** Which of several measures of one reagent is taken. */
function rank({ use }: Measured): number {
  const order: readonly string[] = ["stock volume", "amount", "concentration", "per lead", "per caesium"];
  return order.indexOf(use.as) * 10 + ["mmol", "mol", "µmol", "mg", "g"].indexOf(use.unit);
}

/** Rows on which two measures of one thing are compared, and by how much rounding may part them. */
const compared = 200;
const rounding = 0.03;

interface Beside {
  readonly measured: readonly Measured[];
  readonly table: Table;
  readonly list: ReagentList;
}

/** Whether the numbers of a header are what the others give, in every row that has both. */
function followsFrom(one: Measured, others: readonly Measured[], beside: Beside): boolean {
  const isOfFlask = ({ use }: Measured): boolean => use.as === "concentration";
  if (others.some((other) => isOfFlask(other) !== isOfFlask(one))) return false;
  const ion = ions.find((each) => (reagentOf(one, beside.list)?.ions[each] ?? 0) > 0);
  if (ion === undefined) return false;
  let common = 0;
  for (let row = 0; row < Math.min(beside.table.numRows, compared); row++) {
    const told = broughtIn(row, ion, [one], beside);
    const found = broughtIn(row, ion, others, beside);
    if (Number.isNaN(told) || Number.isNaN(found)) continue;
    if (Math.abs(told - found) > rounding * Math.abs(found)) return false;
    common++;
  }
  return common > 0;
}

/** mmol of an ion in a row, or mmol per mL of what is told so; NaN where some of it is not told. */
function broughtIn(row: number, ion: Ion, some: readonly Measured[], { measured, table, list }: Beside): number {
  const valueOf = ({ use }: Measured): number => cellAt(table, row, use.header, use.unit).number?.value ?? Number.NaN;
  const asReagent = (one: Measured, value = valueOf(one)): MeasuredReagent | undefined => {
    const reagent = reagentOf(one, list);
    const { as, unit, header } = one.use;
    const needsMass = quantityOf(unit)?.startsWith("mass") === true;
    if (reagent === undefined || Number.isNaN(value) || value < 0) return undefined;
    return needsMass && reagent.molarMass === null ? undefined : { reagent, as, unit, value, header };
  };
  const amounts = some.map((one) => {
    const { use } = one;
    // One mL of what is told by the litre of all liquid.
    if (use.as === "concentration") {
      if (use.in !== undefined) return undefined;
      const stock = asReagent(one);
      return stock && measuredAmount({ ...stock, as: "stock volume", unit: "mL", value: 1 }, stock, list);
    }
    const mate = measured.find((other) => other.use.as === "stock concentration" && other.use.reagent === use.reagent);
    if (use.as === "stock volume" && mate === undefined) return undefined;
    const [own, stock] = [asReagent(one), mate && asReagent(mate)];
    if (own === undefined || (use.as === "stock volume" && stock === undefined)) return undefined;
    return ["amount", "stock volume"].includes(use.as)
      ? measuredAmount(own, use.as === "stock volume" ? stock : undefined, list)
      : undefined;
  });
  return amounts.every((one) => one !== undefined) ? mixture(amounts).millimole[ion] : Number.NaN;
}

function reagentOf({ use }: Measured, list: ReagentList): MeasuredReagent["reagent"] | undefined {
  return bareReagents.find(({ name }) => name === use.reagent) ?? findReagent(list, use.reagent) ?? undefined;
}
