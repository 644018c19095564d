import { join } from "node:path";
import { designFields, recipeFields } from "../chemistry/recipeSchema.js";
import { twinTerms } from "../chemistry/twinTerms.js";
import { tableFromRows } from "../core/tableFromRows.js";
import { isCategory, type Table, textsOf } from "../core/Table.js";
import { type LoadableTable, readRealTable, realDataFolder } from "./dataStore.js";
import { fileState } from "../io/fileState.js";
import { heldOutPapers } from "./heldOutPapers.js";
import { realTable } from "./manifest.js";

/** Experiments of real tables that anybody may look at; or why there are none. */
export type OpenExperiments =
  | {
      /** In the terms of the twin: recipe and design fields. */
      readonly recipes: Table;
      /** DOI of each; where a table gives none, its name and who made it. */
      readonly papers: readonly string[];
      readonly reason: null;
    }
  | { readonly recipes: null; readonly papers: null; readonly reason: string };

/** The short table of platelets is a part of the long one. */
const tables: readonly LoadableTable[] = ["recipes", "nanoplatelets-all"];
const schema = { ...recipeFields, ...designFields };

/**
 * Recipes of the real tables on this machine, without the papers that are held out to the end. A table that is not here
 * unchanged is passed over.
 *
 * @param options.folder  where real tables lie (default data/real of the project)
 * @throws InputError if a table that is here cannot be read
 */
export async function openExperiments({
  folder = realDataFolder,
}: { readonly folder?: string } = {}): Promise<OpenExperiments> {
  const states = await Promise.all(tables.map((id) => fileState(join(folder, realTable(id).file), realTable(id))));
  const present = tables.filter((_, i) => states[i] === "present");
  if (present.length === 0)
    return { recipes: null, papers: null, reason: `no table of experiments is here: run \`twin data import\`` };
  const { heldOut } = await heldOutPapers();
  const rows: Record<string, number | string>[] = [];
  const papers: string[] = [];
  for (const id of present) {
    const { table } = await readRealTable(id, { folder });
    const dois = textsOf(table, "doi");
    const names = Object.keys(schema).filter((name) => Object.hasOwn(table.columns, name));
    dois.forEach((doi, row) => {
      if (heldOut.includes(doi)) return;
      papers.push(doi === "" ? `${id} (${realTable(id).citation})` : doi);
      rows.push(Object.fromEntries(names.map((name) => [name, cell(table, name, row)])));
    });
  }
  return { recipes: twinTerms(tableFromRows(schema, rows)).table, papers, reason: null };
}

function cell(table: Table, name: string, row: number): number | string {
  const column = table.columns[name];
  return isCategory(column) ? column.levels[column.codes[row]] : column[row];
}
