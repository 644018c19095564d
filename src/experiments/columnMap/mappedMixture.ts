import { mixture, type Mixture, mixtureColumns, type MixturePart } from "../../chemistry/mixture.js";
import type { Reagent } from "../../chemistry/Reagent.js";
import { reagentAmount, type ReagentAmount } from "../../chemistry/reagentAmount.js";
import type { ReagentList } from "../../chemistry/reagentList.js";
import { polarSolvents } from "../../chemistry/recipeSchema.js";
import { convertUnit, quantityOf } from "../../chemistry/units.js";
import { bareLiquids, type Ion, ions, type ReagentMeasure } from "./ColumnMap.js";

/** A number of a row that measures a reagent; NaN where it is missing. */
export interface MeasuredReagent {
  readonly reagent: Reagent;
  readonly as: ReagentMeasure;
  /** As `plainUnit` prints it. */
  readonly unit: string;
  readonly value: number;
  /** Header or constant, for messages. */
  readonly header: string;
  /** What its stock solution is made with. */
  readonly solvent?: Reagent;
  /** The liquid of the row in which a concentration is one (default all liquid together). */
  readonly within?: Reagent;
}

/** Numbers of columns that a row gives at once, and that amounts of reagents must know of. */
export interface GivenAmounts {
  readonly caesiumMolar?: number;
  readonly leadMolar?: number;
  readonly bromideMolar?: number;
  readonly caesiumLeadRatio?: number;
  readonly bromideLeadRatio?: number;
  readonly volumeMillilitre?: number;
}

/** What a row of measured reagents gives of a recipe; or why it gives none. */
export type MappedMixture =
  | { readonly columns: Readonly<Record<string, number | string>>; readonly notes: readonly string[] }
  | { readonly header: string; readonly value: string; readonly why: string };

/** An ion whatever brings it, and a liquid of which only the room counts: what tables tell without a compound. */
export const bareReagents: readonly Reagent[] = [
  ...ions.map((ion): Reagent => ({ ...bare(ion), ions: { [ion]: 1 }, role: `${ion} source` })),
  ...bareLiquids.map((liquid): Reagent => ({ ...bare(liquid), density: 1, role: liquid })),
];

function bare(name: string): Omit<Reagent, "role"> {
  return { name, aliases: [], formula: null, molarMass: null, density: null, purity: null, ions: {} };
}

/** By how much the liquids may exceed the total volume: they contract when they mix, and are read off a scale. */
const roomTolerance = 0.05;

/** What a sum of volumes may be off by, of the whole. */
const roundingShare = 1e-9;

const ligands = { oleicAcid: "acid", otherAcid: "acid", oleylamine: "amine", otherAmine: "amine" } as const;

/**
 * Ions, ligands and volumes of what a row measures of its reagents, by mass balance. A quantity that the row does not
 * tell stays missing: a ligand that nothing measures, unless all liquids are listed; shares of the volume, unless all
 * liquids or that one are.
 */
export function mappedMixture(
  measured: readonly MeasuredReagent[],
  given: GivenAmounts,
  list: ReagentList,
): MappedMixture {
  const stocks = measured.filter(({ as }) => as === "stock concentration");
  const parts = measured.filter(({ as }) => as !== "stock concentration");
  const liquidOf = ({ within }: MeasuredReagent): MeasuredReagent | undefined =>
    within === undefined ? undefined : parts.find(({ reagent, as }) => reagent === within && as === "amount");
  const missing = parts.filter(
    (one) =>
      Number.isNaN(one.value) ||
      Number.isNaN(stockOf(one, stocks)?.value ?? 0) ||
      Number.isNaN(liquidOf(one)?.value ?? 0),
  );
  const room = (one: MeasuredReagent): boolean =>
    one.as === "stock volume" || (one.as === "amount" && one.reagent.density !== null);
  const stated = given.volumeMillilitre;
  const lost = missing.find(
    (one) => bringsIon(one.reagent) || (room(one) && (stated === undefined || Number.isNaN(stated))),
  );
  if (lost !== undefined)
    return {
      header: lost.header,
      value: "",
      why: bringsIon(lost.reagent)
        ? `the amount of ${lost.reagent.name} is missing`
        : `the volume of ${lost.reagent.name} is missing, and with it that of all liquid`,
    };
  const known = parts.filter((one) => !missing.includes(one));
  const listed = known.filter(({ as }) => as === "amount" || as === "stock volume");
  const first = listed.map((one) => measuredAmount(one, stockOf(one, stocks), list));
  const listedRoom = first.reduce((sum, { millilitre }) => sum + millilitre, 0);
  const isStated = stated !== undefined && !Number.isNaN(stated);
  const hasRoom = isStated || listedRoom > 0;
  if (!hasRoom && listed.length > 0)
    return {
      header: listed[0].header,
      value: String(listed[0].value),
      why: "no liquid: concentrations need its volume",
    };
  if (isStated && listedRoom > stated * (1 + roomTolerance))
    return {
      header: "volumeMillilitre",
      value: `${stated} mL`,
      why: `its liquids make ${Number(listedRoom.toPrecision(4))} mL`,
    };
  // Where nothing tells a volume all is per litre, and one mL is as good as any.
  const volume = isStated ? Math.max(stated, listedRoom) : hasRoom ? listedRoom : 1;
  const amounts = [...first];
  const counted = (part: MixturePart): number => mixture(amounts).millimole[part];
  const addIon = (ion: Ion, millimole: number): void => {
    const reagent = bareReagents.find(({ name }) => name === ion)!;
    if (!Number.isNaN(millimole)) amounts.push(reagentAmount(reagent, { millimole }));
  };
  const addAmount = ({ reagent, header }: MeasuredReagent, millimole: number): void => {
    amounts.push(reagentAmount(reagent, { millimole }, { list, where: header }));
  };
  for (const one of known) {
    if (one.as !== "concentration") continue;
    const liquid = liquidOf(one);
    addAmount(one, inMolar(one) * (liquid === undefined ? volume : measuredAmount(liquid, undefined, list).millilitre));
  }
  for (const ion of ions) addIon(ion, (given[`${ion}Molar`] ?? Number.NaN) * volume);
  const ratios = known.filter(({ as }) => as === "per lead" || as === "per caesium");
  const perLead = (ion: "caesium" | "bromide"): void => {
    const ratio = given[`${ion}LeadRatio`];
    if (ratio !== undefined && counted(ion) === 0) addIon(ion, ratio * counted("lead"));
  };
  perLead("caesium");
  for (const one of ratios.filter(({ reagent }) => (reagent.ions.lead ?? 0) > 0))
    addAmount(one, one.value * counted("caesium"));
  if ((given.caesiumLeadRatio ?? 0) > 0 && counted("lead") === 0)
    addIon("lead", counted("caesium") / given.caesiumLeadRatio!);
  if (ratios.length > 0) {
    const [lead, caesium] = [counted("lead"), counted("caesium")];
    for (const one of ratios.filter(({ reagent }) => !((reagent.ions.lead ?? 0) > 0)))
      addAmount(one, one.value * (one.as === "per lead" ? lead : caesium));
  }
  perLead("bromide");
  return columnsOf({ amounts, volume, isClosed: !isStated && hasRoom, hasRoom, missing, known, stocks });
}

function bringsIon({ ions: brought }: Reagent): boolean {
  return ions.some((ion) => (brought[ion] ?? 0) > 0);
}

function stockOf({ reagent, as }: MeasuredReagent, stocks: readonly MeasuredReagent[]): MeasuredReagent | undefined {
  return as === "stock volume" ? stocks.find((one) => one.reagent === reagent) : undefined;
}

/** mol/L of a concentration of any kind. */
function inMolar({ reagent: { molarMass }, unit, value }: MeasuredReagent): number {
  return quantityOf(unit) === "concentration"
    ? convertUnit(value, unit, "mol/L")
    : convertUnit(value, unit, "g/L") / molarMass!;
}

/** What a measured amount brings, of a stock solution by its volume and strength. */
export function measuredAmount(
  one: MeasuredReagent,
  stock: MeasuredReagent | undefined,
  list: ReagentList,
): ReagentAmount {
  const { reagent, unit, value, header: where, solvent } = one;
  if (stock !== undefined)
    return reagentAmount(
      reagent,
      {
        molar: inMolar(stock),
        millilitre: convertUnit(value, unit, "mL"),
        solvent: solvent ?? bareReagents.find(({ name }) => name === "solvent"),
      },
      { list, where },
    );
  switch (quantityOf(unit)) {
    case "mass":
      return reagentAmount(reagent, { gram: convertUnit(value, unit, "g") }, { list, where });
    case "volume":
      return reagentAmount(reagent, { millilitre: convertUnit(value, unit, "mL") }, { list, where });
    default:
      return reagentAmount(reagent, { millimole: convertUnit(value, unit, "mmol") }, { list, where });
  }
}

function columnsOf({
  amounts,
  volume,
  isClosed,
  hasRoom,
  missing,
  known,
  stocks,
}: {
  readonly amounts: readonly ReagentAmount[];
  readonly volume: number;
  readonly isClosed: boolean;
  readonly hasRoom: boolean;
  readonly missing: readonly MeasuredReagent[];
  readonly known: readonly MeasuredReagent[];
  readonly stocks: readonly MeasuredReagent[];
}): MappedMixture {
  const mixed = mixture(amounts);
  // What is not listed of a stated volume is some solvent; sums of what is listed differ from it in the last digit.
  const rest = volume - mixed.millilitre;
  const byRole = mixed.millilitreByRole;
  const millilitreByRole =
    rest > roundingShare * volume ? { ...byRole, solvent: (byRole.solvent ?? 0) + rest } : byRole;
  const whole: Mixture = { ...mixed, millilitre: volume, millilitreByRole };
  const columns: Record<string, number | string> = { ...mixtureColumns(whole) };
  for (const ion of ions)
    if (mixed.sources[ion].length === 0 && !known.some(({ reagent }) => (reagent.ions[ion] ?? 0) > 0))
      columns[`${ion}Molar`] = Number.NaN;
  const isKnown = (role: Reagent["role"], part: MixturePart): boolean =>
    known.some(({ reagent }) => reagent.role === role && (mixturePart(reagent, part) ?? 0) > 0);
  for (const [part, role] of Object.entries(ligands) as [keyof typeof ligands, "acid" | "amine"][]) {
    const isMissing = missing.some(({ reagent }) => (mixturePart(reagent, part) ?? 0) > 0);
    if (isMissing || !(isKnown(role, part) || (isClosed && stocks.length === 0))) columns[`${part}Molar`] = Number.NaN;
  }
  const areNamed = [...known, ...missing].every(({ as, solvent }) => as !== "stock volume" || solvent !== undefined);
  const shares = { polarSolventFraction: "polar solvent", waterFraction: "water", antisolventRatio: "antisolvent" };
  for (const [column, role] of Object.entries(shares)) {
    const isOfRole = ({ reagent, solvent, as }: MeasuredReagent): boolean =>
      role === (as === "stock volume" ? solvent : reagent)?.role;
    const isAll = known.some(isOfRole) && hasRoom && (role === "antisolvent" || areNamed);
    if (missing.some(isOfRole) || !(isAll || (isClosed && areNamed))) columns[column] = Number.NaN;
  }
  if (!hasRoom) columns.volumeMillilitre = Number.NaN;
  return { columns: { ...columns, ...namesOf(mixed, known) }, notes: mixed.unmodelled.map(({ name }) => name) };
}

function mixturePart({ ligands: brought }: Reagent, part: MixturePart): number | undefined {
  return { ...brought }[part as keyof typeof ligands];
}

/** Names of compounds, joined by +, lead's before caesium's before others'. */
function namesOf(mixed: Mixture, known: readonly MeasuredReagent[]): Readonly<Record<string, string>> {
  const isNamed = (reagent: Reagent): boolean => !bareReagents.includes(reagent);
  const order = ["lead source", "caesium source"];
  const joined = (reagents: readonly Reagent[]): string =>
    reagents
      .filter(isNamed)
      .toSorted((a, b) => placeOf(order, a.role) - placeOf(order, b.role))
      .map(({ name }) => name)
      .join("+");
  const polar = known
    .filter(({ value }) => value > 0)
    .map(({ reagent, solvent }) => solvent ?? reagent)
    .filter((reagent) => reagent.role === "polar solvent" && isNamed(reagent));
  const names = {
    caesiumSource: joined(mixed.sources.caesium),
    bromideSource: joined(mixed.sources.bromide),
    antisolvent: joined(mixed.antisolvents),
    polarSolvent: [...new Set(polar.map(ownWord))].join("+"),
  };
  return Object.fromEntries(Object.entries(names).filter(([, name]) => name !== ""));
}

function placeOf(order: readonly string[], role: string): number {
  return order.includes(role) ? order.indexOf(role) : order.length;
}

/** The recipe schema's word for a polar solvent. */
function ownWord({ name, aliases }: Reagent): string {
  return polarSolvents.find((word) => word !== "" && aliases.includes(word)) ?? name;
}
