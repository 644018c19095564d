import { generateExperiments } from "../../generation/generateExperiments.js";
import { recipeOf, type RecipeValues } from "../../io/predictions/recipeHash.js";
import { recipeColumns } from "../../predictor/recipeColumns.js";
import type { ModelKind } from "../predict/modelKind.js";

/** Recipes that a version is asked about. */
const probes = 64;

/** Designs among which are enough that can be carried out. */
const proposed = 512;

/**
 * Recipes that a model is asked about at every move of an alias, designed to fill what can be carried out; every fourth
 * one does not tell everything. They are stored with each version: that they are others one day changes nothing.
 */
export async function probeRecipes(kind: ModelKind): Promise<readonly RecipeValues[]> {
  if (kind === "platelets") return plateletProbes();
  const { table } = await generateExperiments({ rows: proposed, seed: 1, design: "sobol" });
  const columns = Object.keys(recipeColumns).filter((name) => Object.hasOwn(table.columns, name));
  const known = ({ recipe, row }: { readonly recipe: RecipeValues; readonly row: number }): RecipeValues => {
    const left = untold[Math.floor(row / 4) % untold.length];
    const told = Object.entries(recipe).map(([name, value]) => [
      name,
      // Plain JSON has no NaN.
      (row % 4 === 3 && left.includes(name)) || Number.isNaN(value) || value === "" ? null : value,
    ]);
    return Object.fromEntries(told) as RecipeValues;
  };
  return Array.from({ length: probes }, (_, row) => known({ recipe: recipeOf(table, row, columns), row }));
}

/** What open tables leave out most, each in turn. */
const untold: readonly (readonly string[])[] = [
  ["oleicAcidMolar", "oleylamineMolar"],
  ["mixingSecond", "volumeMillilitre"],
  ["timeSecond"],
  ["waterFraction"],
];

/** Syntheses in the columns of the published table of platelets, made up: its own rows may not be passed on. */
function plateletProbes(): readonly RecipeValues[] {
  const antisolvents = ["EtOH", "Ac", "MeOH", "iPrOH"];
  return Array.from({ length: 16 }, (_, i) => ({
    sample: String(i + 1),
    V_PbBr2_uL: String(1500 + 500 * (i % 4)),
    c_PbBr2_M: "0.01",
    V_CsOA_uL: String(60 + 40 * i),
    c_CsOA_M: "0.02",
    antisolvent: antisolvents[(i >> 2) % antisolvents.length],
    V_antisolvent_uL: String(800 + 450 * ((5 * i) % 7)),
    S_P: i % 2 === 0 ? "P" : "S",
  }));
}
