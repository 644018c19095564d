import type { Field, Schema } from "../core/Schema.js";
import { tableFromRows } from "../core/tableFromRows.js";
import { provenanceFields } from "../chemistry/recipeSchema.js";
import type { RawTable } from "../core/RawTable.js";
import type { RowNote } from "../core/RowNote.js";
import type { LoadedTable } from "./LoadedTable.js";
import { cellsOf } from "./LoadedTable.js";
import { realTable } from "./manifest.js";

/**
 * Vapour-diffusion crystallisation of hybrid lead iodides: other chemistry, kept for its two labs, people and dates.
 */
export const crystallisationSchema: Schema = {
  organic: { kind: "category", unit: "", meaning: "organic iodide, by InChIKey", required: true },
  solvent: { kind: "category", unit: "", meaning: "solvents that dissolve the salts, joined by +" },
  temperatureCelsius: number("°C", "set temperature of the reaction", 20, 120),
  timeSecond: number("s", "reaction time", 3600, 604_800),
  leadIodideMolar: number("mol/L", "lead iodide", 0, 5),
  organicMolar: number("mol/L", "organic iodide", 0, 10),
  formicAcidMolar: number("mol/L", "formic acid", 0, 26.6),
  crystalScore: { ...number("1", "1 clear, 2 fine powder, 3 small crystals, 4 large crystals", 1, 4), required: true },
  ...provenanceFields,
};

const solvents: Readonly<Record<string, string>> = {
  "gamma-butyrolactone": "_raw_molarity_yejrwhavmiajkc-uhfffaoysa-n",
  dimethylformamide: "_raw_molarity_zmxddkwlczadiw-uhfffaoysa-n",
  "dimethyl sulfoxide": "_raw_molarity_iazdpxiomuyvgz-uhfffaoysa-n",
};

/**
 * The two-lab crystallisation table (header in line 5) on its own small schema.
 *
 * @throws InputError if a column is absent or a cell cannot be read
 */
export function loadCrystallisations(raw: RawTable): LoadedTable {
  const { number, text } = cellsOf(raw);
  const dropped: RowNote[] = [];
  const repaired: RowNote[] = [];
  const rows: Record<string, number | string>[] = [];
  for (let row = 0; row < raw.numRows; row++) {
    const score = number(row, "_out_crystalscore");
    if (!(Number.isInteger(score) && score >= 1 && score <= 4)) {
      dropped.push({
        row: row + 1,
        column: "_out_crystalscore",
        came: text(row, "_out_crystalscore"),
        made: "row left out",
        why: "the score must be 1 to 4",
      });
      continue;
    }
    const dissolving = Object.keys(solvents).filter((name) => number(row, solvents[name]) > 0);
    const known = (column: string): string => {
      const came = text(row, column);
      if (came !== "null") return came;
      repaired.push({ row: row + 1, column, came, made: "missing", why: "null means not written down" });
      return "";
    };
    rows.push({
      organic: known("_rxn_organic-inchikey"),
      solvent: dissolving.join("+"),
      temperatureCelsius: number(row, "_rxn_temperature_c"),
      timeSecond: number(row, "_rxn_reactiontime_s"),
      leadIodideMolar: number(row, "_rxn_M_inorganic"),
      organicMolar: number(row, "_rxn_M_organic"),
      formicAcidMolar: number(row, "_rxn_M_acid"),
      crystalScore: score,
      experiment: text(row, "name"),
      lab: known("_raw_lab"),
      operator: known("_raw_operator"),
      batch: known("_raw_jobserial"),
      date: known("_raw_datecreated"),
      source: realTable("crystallisations").id,
      sourceRow: row + 1,
      licence: realTable("crystallisations").licence,
      sourceSha256: raw.sha256,
    });
  }
  return {
    table: tableFromRows(crystallisationSchema, rows),
    dropped,
    repaired,
    assumptions: ["Hybrid lead iodides: the rows test cross-lab and temporal validation, not the Cs-Pb-Br chemistry."],
  };
}

function number(unit: string, meaning: string, min: number, max: number): Field {
  return { kind: "number", unit, meaning, min, max, source: "range of the experiments' design" };
}
