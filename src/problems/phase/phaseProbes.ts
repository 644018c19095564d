import { generateExperiments } from "../../generation/generateExperiments.js";
import { recipeOf, type RecipeValues } from "../../io/predictions/recipeHash.js";
import { recipeColumns } from "../../predictor/recipeColumns.js";

/** Recipes that a version is asked about. */
const probes = 64;

/** Designs among which are enough that can be carried out. */
const proposed = 512;

/** What open tables leave out most, each in turn. */
const untold: readonly (readonly string[])[] = [
  ["oleicAcidMolar", "oleylamineMolar"],
  ["mixingSecond", "volumeMillilitre"],
  ["timeSecond"],
  ["waterFraction"],
];

/**
 * Recipes that a model of the phase is asked about at every move of an alias, designed to fill what can be carried out;
 * every fourth one does not tell everything. They are stored with each version: that they are others one day changes
 * nothing.
 *
 * @returns plain JSON: null where a value is not told
 */
export async function phaseProbes(): Promise<readonly RecipeValues[]> {
  const { table } = await generateExperiments({ rows: proposed, seed: 1, design: "sobol" });
  const columns = Object.keys(recipeColumns).filter((name) => Object.hasOwn(table.columns, name));
  return Array.from({ length: probes }, (_, row) => {
    const left = row % 4 === 3 ? untold[Math.floor(row / 4) % untold.length] : [];
    const told = Object.entries(recipeOf(table, row, columns)).map(([name, value]) => [
      name,
      left.includes(name) || Number.isNaN(value) || value === "" ? null : value,
    ]);
    return Object.fromEntries(told) as RecipeValues;
  });
}
