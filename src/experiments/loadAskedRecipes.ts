import { recipeSchema } from "../chemistry/recipeSchema.js";
import type { RawTable } from "../core/RawTable.js";
import type { RowNote } from "../core/RowNote.js";
import { tableFromRows } from "../core/tableFromRows.js";
import { cellsOf, type LoadedTable } from "./LoadedTable.js";
import {
  disagreements,
  publishedAssumptions,
  publishedRecipe,
  type Reactants,
  reactantsOf,
  reasonToDrop,
} from "./publishedRecipe.js";
import { withUnmodelled } from "./withUnmodelled.js";

/**
 * Recipes written as those of the published table, of which nobody has told what came of them: columns Trxn, t_min and
 * `all` (mmol), and `id`, which names them. Each is counted as there. What the model has no column for (other metals,
 * other halides) is no ion of caesium, lead or bromide; the bromide and the lead of its salts count as what they are;
 * its recipe is kept, and says so.
 *
 * @throws InputError if a column is absent or a cell cannot be read
 */
export function loadAskedRecipes(raw: RawTable): LoadedTable {
  const dropped: RowNote[] = [];
  const repaired: RowNote[] = [];
  const rows: Record<string, number | string>[] = [];
  const unmodelled: (readonly string[])[] = [];
  for (let row = 0; row < raw.numRows; row++) {
    const reactants = reactantsOf(raw, row);
    const reason = unknownReagent(raw, row, reactants) ?? reasonToDrop(raw, row, reactants, { keepsIodide: true });
    if (reason !== undefined) {
      dropped.push(reason);
      continue;
    }
    repaired.push(...disagreements(raw, row, reactants));
    unmodelled.push(reactants.mixture.unmodelled.map(({ name }) => name));
    rows.push({
      ...publishedRecipe(raw, row, reactants),
      experiment: cellsOf(raw).text(row, "id"),
      sourceRow: row + 1,
      sourceSha256: raw.sha256,
    });
  }
  return {
    table: withUnmodelled(tableFromRows(recipeSchema, rows), unmodelled),
    dropped,
    repaired,
    assumptions: publishedAssumptions,
  };
}

/** What it brings is not known, and an answer without it would be one to another recipe. */
function unknownReagent(raw: RawTable, row: number, { unknown }: Reactants): RowNote | undefined {
  if (unknown.length === 0) return undefined;
  return {
    row: row + 1,
    column: "all",
    came: cellsOf(raw).text(row, "all"),
    made: "row left out",
    why: `the list of reagents does not have ${unknown.join(", ")}`,
  };
}
