import { categoryColumn, type Column, isCategory, makeTable, type Table, textsOf } from "../../../src/core/Table.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import { hideValues } from "../../../src/features/hideValues.js";
import { generateExperiments } from "../../../src/generation/generateExperiments.js";
import { recipeColumns } from "../../../src/predictor/recipeColumns.js";
import { hidingPlan } from "../../../src/problems/phase/hidingPlan.js";

/** Texts that a recipe may have: reagents by several names, of other metals and halides, and nothing that is known. */
const sources = [
  "caesium carbonate",
  "Cs2CO3",
  "CsBr",
  "cesium acetate",
  "lead bromide",
  "PbBr2",
  "snake oil",
  "lead iodide",
];
const odd: Readonly<Record<string, readonly string[]>> = {
  route: ["sonication", "ball milling", ""],
  polarSolvent: ["water", "", "DMSO"],
  caesiumSource: sources,
  bromideSource: [...sources, "lead bromide+caesium bromide+oleylammonium bromide"],
};

/**
 * Recipes of the twin, half of them changed: values hidden as open tables hide them, names that training rows did not
 * have, other acids and amines, amounts beyond their range or that cannot be mixed, times below the first second.
 */
export async function oddRecipes(rows: number, seed: number): Promise<Table> {
  const { table } = await generateExperiments({ rows, seed });
  const random = seededRandom(seed).fork("odd recipes");
  const hidden = hideValues(table, random.fork("hidden"), await hidingPlan(), { whole: 0.6 });
  const draw = random.fork("changes");
  const columns: Record<string, Column> = {};
  for (const name of Object.keys(recipeColumns)) {
    const column = hidden.columns[name] as Column | undefined;
    if (recipeColumns[name].kind === "category") {
      const own = column === undefined ? new Array<string>(rows).fill("") : textsOf(hidden, name);
      const others = Object.hasOwn(odd, name) ? odd[name] : [];
      columns[name] = categoryColumn(
        own.map((text) => (others.length > 0 && draw() < 0.04 ? others[Math.floor(draw() * others.length)] : text)),
      );
    } else if (column !== undefined && !isCategory(column)) {
      columns[name] = Float64Array.from(column, (value) =>
        draw() < 0.01 ? value * [0, -1, 3, 1000][Math.floor(draw() * 4)] : value,
      );
    } else columns[name] = Float64Array.from({ length: rows }, () => (draw() < 0.05 ? 0.2 * draw() : NaN));
  }
  return makeTable(recipeColumns, columns);
}
