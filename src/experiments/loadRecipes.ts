import { tableFromRows } from "../core/tableFromRows.js";
import { phaseNames } from "../chemistry/phases.js";
import { recipeSchema } from "../chemistry/recipeSchema.js";
import type { RawTable } from "../core/RawTable.js";
import type { RowNote } from "../core/RowNote.js";
import type { LoadedTable } from "./LoadedTable.js";
import { cellsOf } from "./LoadedTable.js";
import { realTable } from "./manifest.js";
import {
  disagreements,
  publishedAssumptions,
  publishedRecipe,
  type Reactants,
  reactantsOf,
  reasonToDrop,
} from "./publishedRecipe.js";

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
    const reason = reasonToDrop(raw, row, reactants) ?? strangePhase(raw, row);
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
  ...publishedAssumptions,
  "The year in the table is read off the DOI, so no date is given; the paper stands for the laboratory.",
];

function strangePhase(raw: RawTable, row: number): RowNote | undefined {
  const came = cellsOf(raw).text(row, "comp");
  if ((phaseNames as readonly string[]).includes(phaseOf(came))) return undefined;
  return { row: row + 1, column: "comp", came, made: "row left out", why: "no phase of the Cs-Pb-Br system" };
}

/** A suffix -1, -2 tells the polymorph, which is not a class here. */
function phaseOf(composition: string): string {
  return composition.replace(/-\d$/, "");
}

function experimentOf(
  raw: RawTable,
  row: number,
  reactants: Reactants,
  repaired: RowNote[],
): Record<string, number | string> {
  const { number, text } = cellsOf(raw);
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
    ...publishedRecipe(raw, row, reactants),
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
