import type { RecipeValues } from "../../io/predictions/recipeHash.js";
import type { ModelKind } from "../predict/modelKind.js";

/** Recipes that a model of a kind is asked about at every move of an alias. */
export async function probeRecipes(kind: ModelKind): Promise<readonly RecipeValues[]> {
  if (kind === "platelets") return plateletProbes();
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
