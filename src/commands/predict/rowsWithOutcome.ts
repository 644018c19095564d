import { outcomeFields } from "../../chemistry/recipeSchema.js";
import type { CsvOptions } from "../../io/tables/csv/CsvOptions.js";
import { readTable } from "../../io/tables/readTable.js";
import type { TableLimits } from "../../io/tables/tableLimits.js";
import { hasOutcome } from "./hasOutcome.js";

/** What came of a recipe, as the published table heads it. */
const publishedOutcomes = ["comp", "D_nm", "sd", "shape"];

/**
 * Rows of a file of recipes, counted from 1, in which a column of outcomes is filled in: who reads recipes alone does
 * not see them. What stands there is not looked at, nor whether it can be read.
 *
 * @param options.form  whether the file is written as the table of published recipes
 */
export async function rowsWithOutcome(
  file: string,
  { form, csv, limits }: { readonly form?: "recipes"; readonly csv?: CsvOptions; readonly limits?: TableLimits },
): Promise<ReadonlySet<number>> {
  const table = await readTable(file, {
    // A date that could be another is no matter here.
    csv: { ...csv, dates: "iso" },
    limits,
    onFault: () => undefined,
  });
  const names = form === "recipes" ? publishedOutcomes : Object.keys(outcomeFields);
  const rows = [...Array(table.numRows).keys()].filter((row) => hasOutcome(table, row, names));
  return new Set(rows.map((row) => row + 1));
}
