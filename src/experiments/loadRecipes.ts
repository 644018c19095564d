import { InputError } from "../core/InputError.js";
import { tableFromRows } from "../core/tableFromRows.js";
import { type Mixture, mixture, mixtureColumns, type MixturePart } from "../chemistry/mixture.js";
import { phaseNames } from "../chemistry/phases.js";
import { reagentAmount } from "../chemistry/reagentAmount.js";
import { builtInReagents, findReagent } from "../chemistry/reagentList.js";
import { recipeSchema } from "../chemistry/recipeSchema.js";
import type { RouteName } from "../chemistry/recipeSchema.js";
import type { RawTable } from "../core/RawTable.js";
import type { RowNote } from "../core/RowNote.js";
import type { LoadedTable } from "./LoadedTable.js";
import { cellsOf } from "./LoadedTable.js";
import { realTable } from "./manifest.js";

/**
 * Published Cs-Pb-Br recipes on the recipe schema, one row per experiment.
 *
 * The list of all reactants (column `all`, mmol) is the one source of amounts: caesium,
 * lead, bromide, acids and amines are counted from it by the list of reagents, liquids give the volume, and amounts
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
    const reactants = reactantsOf(raw, row);
    const reason = reasonToDrop(raw, row, reactants.mixture);
    if (reason !== undefined) {
      dropped.push(reason);
      continue;
    }
    repaired.push(...disagreements(raw, row, reactants));
    rows.push(experimentOf(raw, row, reactants, repaired));
  }
  return { table: tableFromRows(recipeSchema, rows), dropped, repaired, assumptions };
}

const assumptions = [
  "Concentrations are per litre of all liquid, volumes taken as additive at 25 °C.",
  "Minutes in the table are rounded whole seconds (0.0167 min is 1 s); times are rounded to the second.",
  "The temperature is that of the reaction (Trxn), also where the injection was colder.",
  "Below 80 °C a recipe is LARP, with DMF in hexane a reverse microemulsion; all others are hot injection.",
  "Oleylammonium bromide counts as bromide, not as oleylamine; hydrobromic acid is 48 % in water and brings it.",
  "ISA is isopropyl alcohol: its amounts are then half a millilitre and one litre.",
  "The year in the table is read off the DOI, so no date is given; the paper stands for the laboratory.",
];

/** The reactants of one row. */
interface Reactants {
  /** By the names of the table. */
  readonly millimole: Readonly<Record<string, number>>;
  /** Names that the list of reagents does not have. */
  readonly unknown: readonly string[];
  readonly mixture: Mixture;
}

function reactantsOf(raw: RawTable, row: number): Reactants {
  const where = `${raw.where}, row ${row + 1}, column all`;
  const millimole = parseReactants(cellsOf(raw).text(row, "all"), where);
  const found = Object.entries(millimole).map(([name, amount]) => ({
    name,
    amount,
    reagent: findReagent(builtInReagents, name),
  }));
  return {
    millimole,
    unknown: found.filter(({ reagent }) => reagent === null).map(({ name }) => name),
    mixture: mixture(
      found.flatMap(({ reagent, amount }) =>
        reagent === null ? [] : [reagentAmount(reagent, { millimole: amount }, { where })],
      ),
    ),
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

function reasonToDrop(raw: RawTable, row: number, { millimole, millilitre }: Mixture): RowNote | undefined {
  const { text } = cellsOf(raw);
  const note = (column: string, why: string): RowNote => ({
    row: row + 1,
    column,
    came: text(row, column),
    made: "row left out",
    why,
  });
  if (millimole.caesium === 0 && millimole.lead === 0)
    return note("all", "no caesium and no lead: it starts from finished particles");
  if (millimole.iodide > 0) return note("all", "contains iodide: outside the Cs-Pb-Br system");
  if (millilitre === 0) return note("all", "no liquid: concentrations cannot be given");
  if (!(phaseNames as readonly string[]).includes(phaseOf(text(row, "comp"))))
    return note("comp", "no phase of the Cs-Pb-Br system");
  return undefined;
}

/** A suffix -1, -2 tells the polymorph, which is not a class here. */
function phaseOf(composition: string): string {
  return composition.replace(/-\d$/, "");
}

const columnElements: Readonly<Record<string, MixturePart | undefined>> = {
  Cs: "caesium",
  Pb: "lead",
  Br: "bromide",
};

/** Summary columns that say something else than the list of reactants, by more than rounding. */
function disagreements(raw: RawTable, row: number, reactants: Reactants): RowNote[] {
  const { number, text } = cellsOf(raw);
  const listed: Readonly<Record<string, number>> = {
    ...Object.fromEntries(
      Object.entries(columnElements).map(([column, part]) => [column, reactants.mixture.millimole[part!]]),
    ),
    ...Object.fromEntries(["OA", "OLA", "ODE", "DMF"].map((name) => [name, reactants.millimole[name] ?? 0])),
  };
  const notes = Object.entries(listed)
    .filter(([column, amount]) => !(Math.abs(number(row, column) - amount) <= 1e-3 * Math.max(amount, 1e-6)))
    .map(([column, amount]) => {
      const sources = columnElements[column] === undefined ? "" : sourcesOf(reactants, columnElements[column]);
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
    ...reactants.unknown.map((name) => ({
      row: row + 1,
      column: "all",
      came: `${name}: ${reactants.millimole[name]} mmol`,
      made: "left out of ions, ligands and volume",
      why: "the list of reagents does not have the name",
    })),
  ];
}

/** In the words of the table. */
function sourcesOf({ millimole, mixture: { sources } }: Reactants, part: MixturePart): string {
  return Object.keys(millimole)
    .filter((name) => sources[part].some((reagent) => reagent === findReagent(builtInReagents, name)))
    .join("+");
}

function experimentOf(
  raw: RawTable,
  row: number,
  reactants: Reactants,
  repaired: RowNote[],
): Record<string, number | string> {
  const { number, text } = cellsOf(raw);
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
    route: routeOf(temperature, reactants.millimole),
    temperatureCelsius: temperature,
    timeSecond: Math.round(60 * number(row, "t_min")),
    ...mixtureColumns(reactants.mixture),
    caesiumSource: sourcesOf(reactants, "caesium"),
    bromideSource: sourcesOf(reactants, "bromide"),
    antisolvent: reactants.mixture.antisolvents.map(({ name }) => name).join("+"),
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
