import { builtInReagents, type ReagentList } from "../../chemistry/reagentList.js";
import type { RowNote } from "../../core/RowNote.js";
import { projectName } from "../../io/projectPath.js";
import { readJson } from "../../io/readText.js";
import { sha256File } from "../../io/sha256.js";
import { readTable, type ReadTableOptions } from "../../io/tables/readTable.js";
import { readReagents } from "../readReagents.js";
import { applyColumnMap, type MappedTable } from "./applyColumnMap.js";
import type { ColumnMap } from "./ColumnMap.js";
import type { MappedFault } from "./MappedFault.js";
import { parseColumnMap } from "./parseColumnMap.js";

/** The map of a table, and how its file is read. */
export interface ReadMappedOptions extends Pick<ReadTableOptions, "csv" | "limits" | "onNote"> {
  /** File of the map, or a map. */
  readonly columns: string | ColumnMap;
  /** File that extends the built-in list of reagents, or a list (default the built-in one). */
  readonly reagents?: string | ReagentList;
  /** Takes rows that cannot be true, which are left out then; by default the first is thrown. */
  readonly onFault?: (fault: MappedFault) => void;
}

/**
 * Reads a table of any file that `readTable` reads, by its column map.
 *
 * @throws InputError as readTable, parseColumnMap, readReagents and applyColumnMap
 */
export async function readMappedTable(
  path: string,
  { columns, reagents = builtInReagents, onFault, ...reading }: ReadMappedOptions,
): Promise<MappedTable> {
  const mapWhere = typeof columns === "string" ? projectName(columns) : "the column map";
  const map = typeof columns === "string" ? parseColumnMap(await readJson(columns), mapWhere) : columns;
  const list = typeof reagents === "string" ? await readReagents(reagents, { onNote: reading.onNote }) : reagents;
  const odd: RowNote[] = [];
  const table = await readTable(path, { ...reading, onRepair: (note) => odd.push(note) });
  const where = projectName(path);
  const mapped = applyColumnMap(table, map, {
    reagents: list,
    where,
    mapWhere,
    source: where,
    sourceSha256: await sha256File(path),
    onFault,
  });
  const used = new Set(map.columns.flatMap((one) => ("column" in one || "reagent" in one ? [one.header] : [])));
  const all = [...odd.filter(({ column }) => used.has(column)), ...mapped.repaired];
  return { ...mapped, repaired: all.sort((a, b) => a.row - b.row) };
}
