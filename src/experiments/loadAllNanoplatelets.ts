import { InputError } from "../core/InputError.js";
import type { Schema } from "../core/Schema.js";
import { tableFromRows } from "../core/tableFromRows.js";
import { builtInReagents, findReagent } from "../chemistry/reagentList.js";
import { outcomeFields, provenanceFields, recipeFields } from "../chemistry/recipeSchema.js";
import type { RawTable } from "../core/RawTable.js";
import type { RowNote } from "../core/RowNote.js";
import type { LoadedTable } from "./LoadedTable.js";
import { cellsOf } from "./LoadedTable.js";
import { nanoplateletSchema } from "./loadNanoplatelets.js";
import { realTable } from "./manifest.js";
import { plateletAssumptions, plateletRecipe, type PlateletVolumes } from "./plateletRecipe.js";

/** Of the schema, as the file has them: µL and mol/L. */
const [mostMicrolitre, mostMolar] = [1e6, 10];

/** The schema of platelets with what only the table with failures tells. */
const allNanoplateletSchema: Schema = {
  ...recipeFields,
  ...outcomeFields,
  perovskite: {
    kind: "category",
    unit: "",
    meaning: "whether a perovskite was seen; no is a failed synthesis, empty is not told",
    levels: ["yes", "no"],
  },
  monodisperse: nanoplateletSchema.monodisperse,
  measuredPart: nanoplateletSchema.measuredPart,
  emissionLines: {
    kind: "number",
    unit: "1",
    meaning: "maxima in the emission spectrum",
    min: 1,
    max: 9,
    source: "counted in the spectra",
  },
  recipe: {
    kind: "category",
    unit: "",
    meaning: "recipe that the row carries out: repeats and fractions of one recipe share it, and belong on one side",
  },
  firstCommit: {
    kind: "category",
    unit: "",
    meaning: "day on which the row first stood in the authors' repository, YYYY-MM-DD; it was made before",
  },
  ...stockFields(),
  ...provenanceFields,
};

/** What was measured out: stocks of caesium oleate and lead bromide, and what was added to them. */
function stockFields(): Schema {
  const volume = (meaning: string): Schema[string] => ({
    kind: "number",
    unit: "mL",
    meaning,
    min: 0,
    max: 1000,
    source: "read from the table",
  });
  const stock = (meaning: string): Schema[string] => ({
    kind: "number",
    unit: "mol/L",
    meaning,
    min: 0,
    max: 10,
    source: "read from the table",
  });
  return {
    caesiumStockMillilitre: volume("volume of the caesium stock"),
    leadStockMillilitre: volume("volume of the lead stock"),
    addedMillilitre: volume("volume of the antisolvent, or of what was tried in its place"),
    caesiumStockMolar: stock("concentration of the caesium stock"),
    leadStockMolar: stock("concentration of the lead stock"),
    addedSolvent: {
      kind: "category",
      unit: "",
      meaning: "antisolvent, or what was tried in its place (DMF, DMSO); empty where nothing was added",
    },
  };
}

/**
 * Room-temperature CsPbBr3 nanoplatelet syntheses of one laboratory with their failures, on the recipe schema. Rows of
 * the same volumes, concentrations and antisolvent are one recipe.
 *
 * A table that has no column of outcomes holds recipes alone: their outcomes are missing, it needs neither the fraction
 * nor the day, and an antisolvent that the list of reagents does not have keeps its name.
 *
 * @param options.dropsFaulty  leaves rows out of which a cell cannot be read or used, and says so (default: the first
 *   such row is refused, and with it the table)
 * @throws InputError if a column is absent, or a cell cannot be read or used
 */
export function loadAllNanoplatelets(
  raw: RawTable,
  { dropsFaulty = false }: { readonly dropsFaulty?: boolean } = {},
): LoadedTable {
  const cells = cellsOf(raw);
  const isOpen = outcomeColumns.some((column) => Object.hasOwn(raw.columns, column));
  const isAbsent = (column: string): boolean =>
    !isOpen && [...outcomeColumns, ...asideColumns].includes(column) && !Object.hasOwn(raw.columns, column);
  const number: typeof cells.number = (row, column) => (isAbsent(column) ? Number.NaN : cells.number(row, column));
  const text: typeof cells.text = (row, column) => (isAbsent(column) ? "" : cells.text(row, column));
  for (const column of neededColumns) if (!isAbsent(column)) cells.text(0, column);
  const dropped: RowNote[] = [];
  const repaired: RowNote[] = [];
  const rows: Record<string, number | string>[] = [];
  const recipes = new Map<string, number>();
  const note = (row: number, column: string, made: string, why: string): RowNote => ({
    row: row + 1,
    column,
    came: text(row, column),
    made,
    why,
  });
  const read = (row: number): Record<string, number | string> => {
    const amount = (column: string, most: number, mayBeNone = false): number => {
      const value = number(row, column);
      if ((value > 0 || (mayBeNone && value === 0)) && value <= most) return value;
      throw new InputError({
        where: `${raw.where}, row ${row + 1}, column ${column}`,
        must: `must be ${mayBeNone ? "from 0" : "above 0"}, at most ${most}`,
        got: `"${text(row, column)}"`,
        mend: "correct it, or leave the row out",
      });
    };
    const measured = (column: string): number => {
      const value = number(row, column);
      if (!(value <= 0)) return value;
      throw new InputError({
        where: `${raw.where}, row ${row + 1}, column ${column}`,
        must: "must be above 0, or empty where it was not measured",
        got: `"${text(row, column)}"`,
        mend: "correct it, or leave the cell empty",
      });
    };
    const volumes: PlateletVolumes = {
      caesium: amount("V_CsOA_uL", mostMicrolitre),
      lead: amount("V_PbBr2_uL", mostMicrolitre),
      antisolvent: amount("V_antisolvent_uL", mostMicrolitre, true),
      caesiumStock: amount("c_CsOA_M", mostMolar),
      leadStock: amount("c_PbBr2_M", mostMolar),
    };
    const added = text(row, "antisolvent");
    const where = `${raw.where}, row ${row + 1}, column antisolvent`;
    const columns = plateletRecipe(volumes, added, where, { strangers: !isOpen });
    // By the reagent, since n-BuOH and BuOH are one; DMF and DMSO are no antisolvents but differ.
    const solvent = volumes.antisolvent > 0 ? (findReagent(builtInReagents, added)?.name ?? added) : "";
    const unclear: RowNote[] = [];
    const yesOrNo = (column: string): string => {
      const value = number(row, column);
      if (value === 0 || value === 1) return value === 1 ? "yes" : "no";
      if (!Number.isNaN(value)) unclear.push(note(row, column, "missing", "neither 1 nor 0"));
      return "";
    };
    const perovskite = yesOrNo("perovskite");
    const own = {
      ...columns,
      caesiumStockMillilitre: volumes.caesium / 1000,
      leadStockMillilitre: volumes.lead / 1000,
      addedMillilitre: volumes.antisolvent / 1000,
      caesiumStockMolar: volumes.caesiumStock,
      leadStockMolar: volumes.leadStock,
      addedSolvent: solvent,
      phase: perovskite === "yes" ? "CsPbBr3" : "",
      shape: perovskite === "no" || !isOpen ? "" : "platelet",
      perovskite,
      photoluminescencePeakNanometre: measured("peak_nm"),
      photoluminescenceWidthNanometre: measured("fwhm_nm"),
      quantumYield: number(row, "PLQY"),
      emissionLines: number(row, "n_peaks"),
      monodisperse: yesOrNo("monodispersity"),
      measuredPart: { P: "precipitate", S: "supernatant" }[text(row, "S_P")] ?? "",
      firstCommit: text(row, "first_commit"),
      experiment: `sample ${text(row, "sample")}`,
      lab: "Henke 2025",
      source: realTable("nanoplatelets-all").id,
      sourceRow: row + 1,
      licence: realTable("nanoplatelets-all").licence,
      sourceSha256: raw.sha256,
    };
    repaired.push(...unclear);
    const identity = JSON.stringify([volumes, solvent]);
    if (!recipes.has(identity)) recipes.set(identity, recipes.size + 1);
    return { ...own, recipe: `recipe ${recipes.get(identity)}` };
  };
  for (let row = 0; row < raw.numRows; row++) {
    try {
      const leadless = ["V_PbBr2_uL", "c_PbBr2_M"].find((column) => number(row, column) === 0);
      if (leadless === undefined) rows.push(read(row));
      else dropped.push(note(row, leadless, "row left out", "no lead"));
    } catch (error) {
      if (!dropsFaulty || !(error instanceof InputError)) throw error;
      const { where, must } = error.fault;
      dropped.push(note(row, where.slice(`${raw.where}, row ${row + 1}, column `.length), "row left out", must));
    }
  }
  return { table: tableFromRows(allNanoplateletSchema, rows), dropped, repaired, assumptions };
}

/** Where none of them is there, the table holds recipes alone. */
const outcomeColumns: readonly string[] = ["perovskite", "monodispersity", "PLQY", "peak_nm", "fwhm_nm", "n_peaks"];

/** Which a table of recipes alone may lack besides: what was measured, and when it was published. */
const asideColumns: readonly string[] = ["S_P", "first_commit"];

const neededColumns: readonly string[] = [
  ...["V_CsOA_uL", "V_PbBr2_uL", "V_antisolvent_uL", "c_CsOA_M", "c_PbBr2_M", "antisolvent", "sample"],
  ...outcomeColumns,
  ...asideColumns,
];

const assumptions = [
  ...plateletAssumptions,
  "A failed synthesis has no phase: what formed instead was not determined.",
  "DMF and DMSO in the column of antisolvents are polar solvents, and counted as such.",
  "One laboratory; the order of samples is the order of time. The short table of platelets is a part of this one.",
];
