import type { RecipeValues } from "../../io/predictions/recipeHash.js";
import type { ModelKind } from "../predict/modelKind.js";

/** Recipes that a model of a kind is asked about at every move of an alias. */
export async function probeRecipes(kind: ModelKind): Promise<readonly RecipeValues[]> {
  if (kind === "platelets") return plateletProbes();
  if (kind === "crystallisation") return wellProbes();
  return (await import("../../problems/phase/phaseProbes.js")).phaseProbes();
}

const antisolvents = ["EtOH", "Ac", "MeOH", "iPrOH"];

/** Syntheses in the columns of the published table of platelets, made up: its own rows may not be passed on. */
function plateletProbes(): readonly RecipeValues[] {
  return Array.from({ length: 16 }, (_, i) => ({
    sample: String(i + 1),
    V_PbBr2_uL: String(1500 + 500 * (i % 4)),
    c_PbBr2_M: "0.01",
    V_CsOA_uL: String(60 + 40 * i),
    c_CsOA_M: "0.02",
    antisolvent: antisolvents[Math.floor(i / 4)],
    V_antisolvent_uL: String(800 + 450 * ((5 * i) % 7)),
    S_P: i % 2 === 0 ? "P" : "S",
  }));
}

const salts = ["CC[NH3+].[I-]", "C1=CC=C(C=C1)CC[NH3+].[I-]", "C[NH2+]C.[I-]", "C1COCC[NH2+]1.[Br-]"];

/** Wells in the columns of the crystallisation campaigns, made up likewise. */
function wellProbes(): readonly RecipeValues[] {
  return Array.from({ length: 16 }, (_, i) => ({
    well: String(i + 1),
    organic1_inchikey: "",
    organic1_smiles: salts[i % 4],
    organic2_inchikey: "",
    M_organic1: String(0.1 + 0.15 * i),
    M_organic2: "",
    M_PbI2: String(0.1 + 0.1 * ((5 * i) % 7)),
    M_PbBr2: "0",
    M_CsI: "0",
    M_formic_acid: String(i % 5),
    M_GBL: i % 3 === 0 ? "0" : "8",
    M_DMF: i % 3 === 0 ? "8" : "0",
    M_DMSO: "0",
    M_DCM: "0",
    total_volume_ul: "500",
    temperature_C: String(70 + 5 * (i % 8)),
    bulk_temperature_C: "",
    stir_rpm: "750",
    mix1_s: "900",
    mix2_s: "1200",
    reaction_time_s: "12600",
    preheat_C: "",
    cool_C: "",
  }));
}
