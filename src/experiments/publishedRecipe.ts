import { type Mixture, mixture, mixtureColumns, type MixturePart } from "../chemistry/mixture.js";
import { reagentAmount } from "../chemistry/reagentAmount.js";
import { builtInReagents, findReagent } from "../chemistry/reagentList.js";
import type { RouteName } from "../chemistry/recipeSchema.js";
import { InputError } from "../core/InputError.js";
import type { RawTable } from "../core/RawTable.js";
import type { RowNote } from "../core/RowNote.js";
import { cellsOf } from "./LoadedTable.js";

/** The reactants of one row of the table of published recipes. */
export interface Reactants {
  /** By the names of the table. */
  readonly millimole: Readonly<Record<string, number>>;
  /** Names that the list of reagents does not have. */
  readonly unknown: readonly string[];
  readonly mixture: Mixture;
}

/**
 * What stands in the column `all`.
 *
 * @throws InputError if it is no list of amounts
 */
export function reactantsOf(raw: RawTable, row: number): Reactants {
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

/**
 * Why a row is not one of those that are wanted; undefined where it is one.
 *
 * @param options.keepsIodide  whether recipes with iodide are (default: they are outside the Cs-Pb-Br system)
 */
export function reasonToDrop(
  raw: RawTable,
  row: number,
  { mixture: { millimole, millilitre } }: Reactants,
  { keepsIodide = false }: { readonly keepsIodide?: boolean } = {},
): RowNote | undefined {
  const note = (why: string): RowNote => ({
    row: row + 1,
    column: "all",
    came: cellsOf(raw).text(row, "all"),
    made: "row left out",
    why,
  });
  if (millimole.caesium === 0 && millimole.lead === 0)
    return note("no caesium and no lead: it starts from finished particles");
  if (millimole.iodide > 0 && !keepsIodide) return note("contains iodide: outside the Cs-Pb-Br system");
  if (millilitre === 0) return note("no liquid: concentrations cannot be given");
  return undefined;
}

/**
 * The recipe of one row on the recipe schema: the list of all reactants is the one source of amounts.
 *
 * @throws InputError if a cell cannot be read
 */
export function publishedRecipe(raw: RawTable, row: number, reactants: Reactants): Record<string, number | string> {
  const { number } = cellsOf(raw);
  const temperature = number(row, "Trxn");
  return {
    route: routeOf(temperature, reactants.millimole),
    temperatureCelsius: temperature,
    timeSecond: Math.round(60 * number(row, "t_min")),
    ...mixtureColumns(reactants.mixture),
    caesiumSource: sourcesOf(reactants, "caesium"),
    bromideSource: sourcesOf(reactants, "bromide"),
    antisolvent: reactants.mixture.antisolvents.map(({ name }) => name).join("+"),
  };
}

function routeOf(temperatureCelsius: number, millimole: Readonly<Record<string, number>>): RouteName {
  if ("hexane" in millimole && "DMF" in millimole) return "reverse microemulsion";
  return temperatureCelsius < 80 ? "LARP" : "hot injection";
}

const columnElements: Readonly<Record<string, MixturePart | undefined>> = {
  Cs: "caesium",
  Pb: "lead",
  Br: "bromide",
};

/** Summary columns that say something else than the list of reactants, by more than rounding. */
export function disagreements(raw: RawTable, row: number, reactants: Reactants): RowNote[] {
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

/** What holds for every table of published recipes and is not written in it. */
export const publishedAssumptions: readonly string[] = [
  "Concentrations are per litre of all liquid, volumes taken as additive at 25 °C.",
  "Minutes in the table are rounded whole seconds (0.0167 min is 1 s); times are rounded to the second.",
  "The temperature is that of the reaction (Trxn), also where the injection was colder.",
  "Below 80 °C a recipe is LARP, with DMF in hexane a reverse microemulsion; all others are hot injection.",
  "Oleylammonium bromide counts as bromide, not as oleylamine; hydrobromic acid is 48 % in water and brings it.",
  "ISA is isopropyl alcohol: its amounts are then half a millilitre and one litre.",
];
