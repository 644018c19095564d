import { outcomeFields, recipeFields, recipeSchema } from "../../chemistry/recipeSchema.js";
import type { Table } from "../../core/Table.js";
import { readTable } from "../../io/tables/readTable.js";

/**
 * Columns in common that make a file one of recipes; fewer may be chance (any table can have a temperature and a time).
 */
const inCommon = 3;

/**
 * Any .csv, .parquet or .arrow for the data-quality report. A file of ours brings its schema;
 * a file with recipe columns is held against the recipe schema, further columns are
 * kept; any other table is only summed up.
 *
 * @throws InputError as readTable
 */
export async function readForQuality(path: string): Promise<Table> {
  const table = await readTable(path);
  const bringsSchema = Object.values(table.schema).some(({ meaning }) => meaning !== "");
  const known = { ...recipeFields, ...outcomeFields };
  const shared = Object.keys(table.schema).filter((name) => Object.hasOwn(known, name)).length;
  return bringsSchema || shared < inCommon ? table : readTable(path, { schema: recipeSchema, unknown: "keep" });
}
