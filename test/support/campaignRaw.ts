import type { RawTable } from "../../src/core/RawTable.js";

/** A well of the table of crystallisation campaigns, cell by cell. */
export const campaignWell = {
  campaign: "wf1_iodides",
  plate: "plate 1",
  well: "A1",
  lab: "LBL",
  operator: "operator-01",
  date: "2018-01-02",
  design: "random",
  organic1: "Ethylammonium Iodide",
  organic1_inchikey: "XFYICZOIWSBQSK-UHFFFAOYSA-N",
  organic1_smiles: "CC[NH3+].[I-]",
  organic2_inchikey: "",
  M_organic1: "0.5",
  M_organic2: "",
  M_PbI2: "0.4",
  M_PbBr2: "0.0",
  M_CsI: "0.0",
  M_formic_acid: "5.0",
  M_GBL: "9.0",
  M_DMF: "0.0",
  M_DMSO: "0.0",
  M_DCM: "0.0",
  total_volume_ul: "500.0",
  unspecified_volume_ul: "0.0",
  labware: "plate",
  temperature_C: "105.0",
  bulk_temperature_C: "95.0",
  stir_rpm: "750.0",
  mix1_s: "900.0",
  mix2_s: "1200.0",
  reaction_time_s: "12600.0",
  preheat_C: "",
  cool_C: "",
  crystal_score: "3",
};

/** The table of campaigns with these wells, each as `campaignWell` but for what is given. */
export function campaignRaw(...rows: readonly Partial<Record<keyof typeof campaignWell, string | null>>[]): RawTable {
  const names = Object.keys(campaignWell) as (keyof typeof campaignWell)[];
  return {
    where: "campaigns.csv",
    sha256: "00",
    numRows: rows.length,
    headerLine: 1,
    columns: Object.fromEntries(
      names.map((name) => [name, rows.map((row) => (name in row ? row[name]! : campaignWell[name]))]),
    ),
  };
}
