import { recipeHash, recipeOf } from "../../io/predictions/recipeHash.js";
import { recipeColumns } from "../../predictor/recipeColumns.js";
import type { PlateletRows } from "./plateletRows.js";

/** What a recipe of platelets is told by, beside the columns of all recipes. */
const plateletColumns = [
  "caesiumStockMillilitre",
  "leadStockMillilitre",
  "addedMillilitre",
  "caesiumStockMolar",
  "leadStockMolar",
  "addedSolvent",
  "measuredPart",
];

/** Hash of each recipe as it is registered: other volumes, stocks, solvents or fractions are another recipe. */
export function plateletHashes({ table }: Pick<PlateletRows, "table">): readonly string[] {
  const columns = [...Object.keys(recipeColumns), ...plateletColumns];
  return Array.from({ length: table.numRows }, (_, row) => recipeHash(recipeOf(table, row, columns)));
}
