import type { Schema } from "../core/Schema.js";
import { tableFromRows } from "../core/tableFromRows.js";
import { recipeFields, outcomeFields, provenanceFields } from "../chemistry/recipeSchema.js";
import { widthInNanometre } from "../chemistry/units.js";
import type { RawTable } from "../core/RawTable.js";
import type { RowNote } from "../core/RowNote.js";
import type { LoadedTable } from "./LoadedTable.js";
import { cellsOf } from "./LoadedTable.js";
import { realTable } from "./manifest.js";
import { plateletAssumptions, plateletRecipe, type PlateletVolumes } from "./plateletRecipe.js";

/** The recipe schema with what only the platelet table tells. */
export const nanoplateletSchema: Schema = {
  ...recipeFields,
  ...outcomeFields,
  monodisperse: {
    kind: "category",
    unit: "",
    meaning: "one emission line of one thickness, by the authors' judgement",
    levels: ["yes", "no"],
  },
  measuredPart: {
    kind: "category",
    unit: "",
    meaning: "part of the centrifuged product that was measured",
    levels: ["precipitate", "supernatant"],
  },
  ...provenanceFields,
};

/** Columns that the table computes from its own volumes and concentrations, checked against them. */
const derived: Readonly<Record<string, (v: PlateletVolumes) => number>> = {
  n_Cs: (v) => v.caesium * v.caesiumStock,
  n_Pb: (v) => v.lead * v.leadStock,
  V_total: (v) => v.caesium + v.lead + v.antisolvent,
};

/**
 * Room-temperature CsPbBr3 nanoplatelet syntheses on the recipe schema: volumes (µL) and
 * stock concentrations become mol per litre of all liquid, the emission width goes from
 * eV to nm, a quantum yield of 0 means not measured.
 *
 * @throws InputError if a column is absent or a cell cannot be read
 */
export function loadNanoplatelets(raw: RawTable): LoadedTable {
  const { number, text } = cellsOf(raw);
  const dropped: RowNote[] = [];
  const repaired: RowNote[] = [];
  const rows: Record<string, number | string>[] = [];
  for (let row = 0; row < raw.numRows; row++) {
    const volumes: PlateletVolumes = {
      caesium: number(row, "V (Cs-OA)"),
      lead: number(row, "V (PbBr2 prec.)"),
      antisolvent: number(row, "V (antisolvent)"),
      caesiumStock: number(row, "c (Cs-OA)"),
      leadStock: number(row, "c (PbBr2)"),
    };
    const total = derived.V_total(volumes);
    if (!(total > 0 && derived.n_Pb(volumes) > 0)) {
      dropped.push({
        row: row + 1,
        column: "V (PbBr2 prec.)",
        came: text(row, "V (PbBr2 prec.)"),
        made: "row left out",
        why: "no lead or no liquid",
      });
      continue;
    }
    for (const [column, compute] of Object.entries(derived)) {
      const counted = compute(volumes);
      if (!(Math.abs(number(row, column) - counted) <= 5e-3 * counted)) {
        repaired.push({
          row: row + 1,
          column,
          came: text(row, column),
          made: String(Number(counted.toPrecision(6))),
          why: "computed again from volumes (µL) and concentrations (mol/L)",
        });
      }
    }
    const quantumYield = number(row, "PLQY");
    if (quantumYield === 0)
      repaired.push({
        row: row + 1,
        column: "PLQY",
        came: text(row, "PLQY"),
        made: "missing",
        why: "0 means not measured",
      });
    const peak = number(row, "peak_pos");
    rows.push({
      ...plateletRecipe(volumes, text(row, "molecule_name"), `${raw.where}, row ${row + 1}, column molecule_name`),
      phase: number(row, "perovskite ?") === 1 ? "CsPbBr3" : "",
      shape: "platelet",
      photoluminescencePeakNanometre: peak,
      photoluminescenceWidthNanometre: widthInNanometre(number(row, "fwhm"), peak),
      quantumYield: quantumYield === 0 ? Number.NaN : quantumYield,
      monodisperse: number(row, "monodispersity") === 1 ? "yes" : "no",
      measuredPart: { P: "precipitate", S: "supernatant" }[text(row, "S/P")] ?? "",
      experiment: `sample ${text(row, "Sample No.")}`,
      lab: "Henke 2025",
      source: realTable("nanoplatelets").id,
      sourceRow: row + 1,
      licence: realTable("nanoplatelets").licence,
      sourceSha256: raw.sha256,
    });
  }
  return { table: tableFromRows(nanoplateletSchema, rows), dropped, repaired, assumptions };
}

const assumptions = [...plateletAssumptions, "One laboratory; the order of samples is the order of time."];
