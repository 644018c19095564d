import { categoryColumn, type Column, isCategory, makeTable, type Table, textsOf } from "../../../src/core/Table.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import { generateExperiments } from "../../../src/generation/generateExperiments.js";
import { recipeColumns } from "../../../src/predictor/recipeColumns.js";

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

/** What recipes leave out: a few choices, as our predictor measures its limits anew for each. */
const hidden: readonly (readonly string[])[] = [
  ["waterFraction"],
  ["mixingSecond", "timeSecond"],
  ["volumeMillilitre", "mixingSecond", "waterFraction"],
  ["caesiumSource", "bromideSource"],
  ["oleicAcidMolar", "oleylamineMolar"],
  ["polarSolvent"],
  ["route", "temperatureCelsius"],
  ["polarSolventFraction", "antisolventRatio"],
];

/**
 * Recipes of the twin, half of them changed: values left out, names that training rows did not
 * have, other acids and amines, amounts beyond their range or that cannot be mixed, times below the first second.
 */
export async function oddRecipes(rows: number, seed: number): Promise<Table> {
  const { table } = await generateExperiments({ rows, seed });
  const random = seededRandom(seed).fork("odd recipes");
  const [hide, draw] = [random.fork("hidden"), random.fork("changes")];
  const left = Array.from({ length: rows }, () => (hide() < 0.4 ? hidden[Math.floor(hide() * hidden.length)] : []));
  const columns: Record<string, Column> = {};
  for (const name of Object.keys(recipeColumns)) {
    const column = table.columns[name] as Column | undefined;
    const told = <Value>(value: Value, row: number, nothing: Value): Value =>
      left[row].includes(name) ? nothing : value;
    if (recipeColumns[name].kind === "category") {
      const own = column === undefined ? new Array<string>(rows).fill("") : textsOf(table, name);
      const others = Object.hasOwn(odd, name) ? odd[name] : [];
      const other = (text: string): string =>
        others.length > 0 && draw() < 0.04 ? others[Math.floor(draw() * others.length)] : text;
      columns[name] = categoryColumn(own.map((text, row) => other(told(text, row, ""))));
    } else if (column !== undefined && !isCategory(column)) {
      const other = (value: number): number =>
        draw() < 0.01 ? value * [0, -1, 3, 1000][Math.floor(draw() * 4)] : value;
      columns[name] = Float64Array.from(column, (value, row) => other(told(value, row, NaN)));
    } else columns[name] = Float64Array.from({ length: rows }, () => (draw() < 0.05 ? 0.2 * draw() : NaN));
  }
  return makeTable(recipeColumns, columns);
}
