import { provenanceFields } from "../../chemistry/recipeSchema.js";
import { extname } from "node:path";
import type { ReagentList } from "../../chemistry/reagentList.js";
import type { CsvOptions } from "../../io/tables/csv/CsvOptions.js";
import type { TableFault } from "../../io/tables/TableFault.js";
import type { TableLimits } from "../../io/tables/tableLimits.js";
import { recipeColumns } from "../../predictor/recipeColumns.js";
import { type RecipeReader } from "../recipeReader.js";
import { csvOptionsOf, limitsOf, type MapOptions } from "../tableOptions.js";
import type { RecipeBatch } from "./answerBatch.js";
import type { RecipeFlags } from "./recipeFlags.js";
import { holdsOneRecipe, readRecipe } from "./readRecipe.js";

export interface RecipeBatchesOptions extends CsvOptions, TableLimits {
  readonly reader: RecipeReader;
  /** By which flags name compounds (default the built-in list). */
  readonly reagents?: ReagentList;
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
  { reader, reagents, isOne, onNote, onShare, ...reading }: RecipeBatchesOptions,
): AsyncGenerator<RecipeBatch, void, undefined> {
  if (typeof asked !== "string") {
    const { flaggedRecipe } = await import("./flaggedRecipe.js");
    yield { table: await flaggedRecipe(asked, { reagents, onNote }), rows: Float64Array.of(1), unread: [] };
    return;
  }
  if (isOne) {
    yield { table: await readRecipe(asked), rows: Float64Array.of(1), unread: [] };
    return;
  }
  let unread: TableFault[] = [];
  // What cannot be read is told for a piece of the file, which may be cut into several tables.
  const upTo = (row: number): TableFault[] => {
    const isDue = (fault: TableFault): boolean => fault.row === null || fault.row <= row;
    const due = unread.filter(isDue);
    unread = unread.filter((fault) => !isDue(fault));
    return due;
  };
  const stream = reader.stream(asked, {
    schema: { ...recipeColumns, lab: provenanceFields.lab, experiment: provenanceFields.experiment },
    csv: csvOptionsOf(reading),
    limits: limitsOf(reading),
    onNote,
    onShare,
    onFault: (fault) => unread.push(fault),
  });
  let held: Omit<RecipeBatch, "unread"> | undefined;
  for await (const { table, rowOf } of stream) {
    if (held !== undefined) yield { ...held, unread: upTo(held.rows.at(-1) ?? 0) };
    held = { table, rows: Float64Array.from({ length: table.numRows }, (_, row) => rowOf(row)) };
  }
  if (held !== undefined) yield { ...held, unread: upTo(Infinity) };
}
