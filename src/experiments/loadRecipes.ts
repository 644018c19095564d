import { InputError } from "../core/InputError.js";
import { tableFromRows } from "../core/tableFromRows.js";
import { phaseNames } from "../chemistry/phases.js";
import { recipeSchema } from "../chemistry/recipeSchema.js";
import type { RouteName } from "../chemistry/recipeSchema.js";
import { molar } from "../chemistry/units.js";
import type { RawTable } from "../core/RawTable.js";
import type { RowNote } from "../core/RowNote.js";
import type { LoadedTable } from "./LoadedTable.js";
import { cellsOf } from "./LoadedTable.js";
import { realTable } from "./manifest.js";
import type { Reagent } from "./reagents.js";
import { millilitres, reagents } from "./reagents.js";

/**
 * Published Cs-Pb-Br recipes on the recipe schema, one row per experiment.
 *
 * The list of all reactants (column `all`, mmol) is the one source of amounts: caesium,
 * lead and bromide are counted from it by formula, liquids give the volume, and amounts
 * become mol per litre of all liquid. Where the table's own summary columns disagree the
 * row is reported as repaired.
 *
 * @throws InputError if a column is absent or a cell cannot be read
 */
export function loadRecipes(raw: RawTable): LoadedTable {
  const dropped: RowNote[] = [];
  const repaired: RowNote[] = [];
  const rows: Record<string, number | string>[] = [];
  for (let row = 0; row < raw.numRows; row++) {
    const mixture = mixtureOf(raw, row);
    const reason = reasonToDrop(raw, row, mixture);
    if (reason !== undefined) {
      dropped.push(reason);
      continue;
    }
    repaired.push(...disagreements(raw, row, mixture));
    rows.push(experimentOf(raw, row, mixture, repaired));
  }
  return { table: tableFromRows(recipeSchema, rows), dropped, repaired, assumptions };
}

const assumptions = [
  "Concentrations are per litre of all liquid, volumes taken as additive at 25 °C.",
  "Minutes in the table are rounded whole seconds (0.0167 min is 1 s); times are rounded to the second.",
  "The temperature is that of the reaction (Trxn), also where the injection was colder.",
  "Below 80 °C a recipe is LARP, with DMF in hexane a reverse microemulsion; all others are hot injection.",
  "Oleylammonium bromide counts as bromide, not as oleylamine; hydrobromic acid adds no volume or water.",
  "The year in the table is read off the DOI, so no date is given; the paper stands for the laboratory.",
];

interface Mixture {
  readonly millimole: Readonly<Record<string, number>>;
  readonly unknown: readonly string[];
  readonly caesium: number;
  readonly lead: number;
  readonly bromide: number;
  readonly iodide: number;
  /** mL */
  readonly volume: number;
}

function mixtureOf(raw: RawTable, row: number): Mixture {
  const millimole = parseReactants(cellsOf(raw).text(row, "all"), `${raw.where}, row ${row + 1}, column all`);
  const known = Object.entries(millimole).filter(([name]) => Object.hasOwn(reagents, name));
  const sum = (share: (reagent: Reagent, amount: number) => number): number =>
    known.reduce((total, [name, amount]) => total + share(reagents[name], amount), 0);
  const count = (element: "caesium" | "lead" | "bromide" | "iodide"): number =>
    sum((reagent, amount) => (reagent[element] ?? 0) * amount);
  return {
    millimole,
    unknown: Object.keys(millimole).filter((name) => !Object.hasOwn(reagents, name)),
    caesium: count("caesium"),
    lead: count("lead"),
    bromide: count("bromide"),
    iodide: count("iodide"),
    volume: sum(millilitres),
  };
}

/** The list is written as a Python dictionary of texts and numbers. */
function parseReactants(text: string, where: string): Record<string, number> {
  const refuse = (): InputError =>
    new InputError({
      where,
      must: "must list reactants as {'name': mmol, ...}",
      got: `"${text.slice(0, 60)}"`,
      mend: "import the table that the manifest names",
    });
  try {
    const parsed = JSON.parse(text.replaceAll("'", '"')) as Record<string, unknown>;
    if (!Object.values(parsed).every((amount) => typeof amount === "number" && amount >= 0)) throw refuse();
    return parsed as Record<string, number>;
  } catch {
    throw refuse();
  }
}

function reasonToDrop(raw: RawTable, row: number, { caesium, lead, iodide, volume }: Mixture): RowNote | undefined {
  const { text } = cellsOf(raw);
  const note = (column: string, why: string): RowNote => ({
    row: row + 1,
    column,
    came: text(row, column),
    made: "row left out",
    why,
  });
  if (caesium === 0 && lead === 0) return note("all", "no caesium and no lead: it starts from finished particles");
  if (iodide > 0) return note("all", "contains iodide: outside the Cs-Pb-Br system");
  if (volume === 0) return note("all", "no liquid: concentrations cannot be given");
  if (!(phaseNames as readonly string[]).includes(phaseOf(text(row, "comp"))))
    return note("comp", "no phase of the Cs-Pb-Br system");
  return undefined;
}

/** A suffix -1, -2 tells the polymorph, which is not a class here. */
function phaseOf(composition: string): string {
  return composition.replace(/-\d$/, "");
}

const columnElements: Readonly<Record<string, "caesium" | "lead" | "bromide" | undefined>> = {
  Cs: "caesium",
  Pb: "lead",
  Br: "bromide",
};

/** Summary columns that say something else than the list of reactants, by more than rounding. */
function disagreements(raw: RawTable, row: number, mixture: Mixture): RowNote[] {
  const { number, text } = cellsOf(raw);
  const listed: Readonly<Record<string, number>> = {
    Cs: mixture.caesium,
    Pb: mixture.lead,
    Br: mixture.bromide,
    ...Object.fromEntries(["OA", "OLA", "ODE", "DMF"].map((name) => [name, mixture.millimole[name] ?? 0])),
  };
  const notes = Object.entries(listed)
    .filter(([column, amount]) => !(Math.abs(number(row, column) - amount) <= 1e-3 * Math.max(amount, 1e-6)))
    .map(([column, amount]) => {
      const sources = columnElements[column] === undefined ? "" : sourcesOf(mixture, columnElements[column]);
      return {
        row: row + 1,
        column,
        came: `${text(row, column)} mmol`,
        made: `${Number(amount.toPrecision(6))} mmol`,
        why: `counted from the list of reactants (${sources || column})`,
      };
    });
  return [
    ...notes,
    ...mixture.unknown.map((name) => ({
      row: row + 1,
      column: "all",
      came: `${name}: ${mixture.millimole[name]} mmol`,
      made: "left out of the volume",
      why: "the abbreviation is not known",
    })),
  ];
}

function sourcesOf({ millimole }: Mixture, element: "caesium" | "lead" | "bromide"): string {
  return Object.keys(millimole)
    .filter((name) => millimole[name] > 0 && (reagents[name]?.[element] ?? 0) > 0)
    .join("+");
}

function experimentOf(
  raw: RawTable,
  row: number,
  mixture: Mixture,
  repaired: RowNote[],
): Record<string, number | string> {
  const { number, text } = cellsOf(raw);
  const { millimole, volume } = mixture;
  const inRole = (role: Reagent["role"]): string[] =>
    Object.keys(millimole).filter((name) => reagents[name]?.role === role);
  const amount = (names: readonly string[]): number => names.reduce((sum, name) => sum + (millimole[name] ?? 0), 0);
  const space = (role: Reagent["role"]): number =>
    inRole(role).reduce((sum, name) => sum + millilitres(reagents[name], millimole[name]), 0);
  const poor = inRole("antisolvent");
  const temperature = number(row, "Trxn");
  const size = number(row, "D_nm");
  const isParticle = !(size > recipeSchema.sizeNanometre.max!);
  if (!isParticle) {
    repaired.push({
      row: row + 1,
      column: "D_nm",
      came: `${text(row, "D_nm")} nm`,
      made: "size and dispersion missing",
      why: "above 100 nm: a sheet, a wire or a crystal, not a dot",
    });
  }
  return {
    route: routeOf(temperature, millimole),
    temperatureCelsius: temperature,
    timeSecond: Math.round(60 * number(row, "t_min")),
    caesiumMolar: molar(mixture.caesium, volume),
    leadMolar: molar(mixture.lead, volume),
    bromideMolar: molar(mixture.bromide, volume),
    caesiumLeadRatio: mixture.caesium / mixture.lead,
    bromideLeadRatio: mixture.bromide / mixture.lead,
    oleicAcidMolar: molar(amount(["OA"]), volume),
    oleylamineMolar: molar(amount(["OLA"]), volume),
    otherAcidMolar: molar(amount(inRole("other acid")), volume),
    otherAmineMolar: molar(amount(inRole("other amine")), volume),
    polarSolventFraction: space("polar solvent") / volume,
    waterFraction: space("water") / volume,
    antisolventRatio: space("antisolvent") / (volume - space("antisolvent")),
    volumeMillilitre: volume,
    caesiumSource: sourcesOf(mixture, "caesium"),
    bromideSource: sourcesOf(mixture, "bromide"),
    antisolvent: poor.map((name) => reagents[name].name).join("+"),
    phase: phaseOf(text(row, "comp")),
    sizeNanometre: isParticle ? size : Number.NaN,
    sizeDispersionPercent: isParticle ? number(row, "sd") : Number.NaN,
    shape: text(row, "shape"),
    experiment: `recipe ${row + 1}`,
    doi: text(row, "doi").toLowerCase(),
    source: realTable("recipes").id,
    sourceRow: row + 1,
    licence: realTable("recipes").licence,
    sourceSha256: raw.sha256,
  };
}

function routeOf(temperatureCelsius: number, millimole: Readonly<Record<string, number>>): RouteName {
  if ("hexane" in millimole && "DMF" in millimole) return "reverse microemulsion";
  return temperatureCelsius < 80 ? "LARP" : "hot injection";
}
