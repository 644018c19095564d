import { extname } from "node:path";
import type { Table } from "../../core/Table.js";
import type { CsvOptions } from "../../io/tables/csv/CsvOptions.js";
import type { TableFault } from "../../io/tables/TableFault.js";
import type { TableLimits } from "../../io/tables/tableLimits.js";
import { recipeColumns } from "../../predictor/recipeColumns.js";
import { type RecipeReader } from "../recipeReader.js";
import { csvOptionsOf, limitsOf, type MapOptions } from "../tableOptions.js";
import type { RecipeFlags } from "./recipeFlags.js";
import { holdsOneRecipe, readRecipe } from "./readRecipe.js";

/** Some of the recipes that are asked about, in their order. */
export interface RecipeBatch {
  readonly table: Table;
  /** Row of the file, counted from 1, that a row of the table stood in. */
  readonly rowOf: (row: number) => number;
  /** What cannot be read of the file up to the end of this batch, since the one before. */
  readonly unread: readonly TableFault[];
}

export interface RecipeBatchesOptions extends CsvOptions, TableLimits {
  readonly reader: RecipeReader;
  /** As isOneRecipe says. */
  readonly isOne: boolean;
  readonly onNote: (note: string) => void;
  readonly onShare: (share: number) => void;
}

/** Whether a file or flags give a single recipe, which messages need not number. */
export async function isOneRecipe(
  asked: string | RecipeFlags,
  { columns }: Pick<MapOptions, "columns">,
): Promise<boolean> {
  if (typeof asked !== "string") return true;
  return columns === undefined && extname(asked).toLowerCase() === ".json" && (await holdsOneRecipe(asked));
}

/**
 * Recipes of a table, batch by batch; of one recipe, of a file or of flags, one batch. A table that is read by a column
 * map is held in memory, as what its headers mean is told from all of its rows.
 *
 * @throws InputError if the file or the flags make no sense as a whole
 */
export async function* recipeBatches(
  asked: string | RecipeFlags,
  { reader, isOne, onNote, onShare, ...reading }: RecipeBatchesOptions,
): AsyncGenerator<RecipeBatch, void, undefined> {
  if (typeof asked !== "string") {
    const { flaggedRecipe } = await import("./flaggedRecipe.js");
    yield { table: await flaggedRecipe(asked), rowOf: () => 1, unread: [] };
    return;
  }
  if (isOne) {
    yield { table: await readRecipe(asked), rowOf: () => 1, unread: [] };
    return;
  }
  const unread: TableFault[] = [];
  const stream = reader.stream(asked, {
    schema: recipeColumns,
    csv: csvOptionsOf(reading),
    limits: limitsOf(reading),
    onNote,
    onShare,
    onFault: (fault) => unread.push(fault),
  });
  for await (const { table, rowOf } of stream) yield { table, rowOf, unread: unread.splice(0) };
}
