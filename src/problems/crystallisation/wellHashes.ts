import type { Table } from "../../core/Table.js";
import { amountColumns, settingColumns } from "../../experiments/loadCrystallisationCampaigns.js";
import { recipeHash, recipeOf } from "../../io/predictions/recipeHash.js";

/** What a well is told by. */
const wellColumns: readonly string[] = [
  ...["organic", "organicSmiles", "secondOrganic"],
  ...amountColumns,
  ...settingColumns,
];

/** Hash of what is in each well and how it was treated, as it is registered. */
export function wellHashes(table: Table): readonly string[] {
  return Array.from({ length: table.numRows }, (_, row) => recipeHash(recipeOf(table, row, wellColumns)));
}
