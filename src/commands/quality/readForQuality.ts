import { existsSync } from "node:fs";
import { designFields, outcomeFields, recipeFields, recipeSchema } from "../../chemistry/recipeSchema.js";
import { columnNames } from "../../core/columnNames.js";
import { columnNameFaults } from "../../core/checkColumnNames.js";
import { InputError } from "../../core/InputError.js";
import type { RowNote } from "../../core/RowNote.js";
import type { Schema } from "../../core/Schema.js";
import { numbersOf, type Table } from "../../core/Table.js";
import type { MappedFault } from "../../experiments/columnMap/MappedFault.js";
import type { ReadMappedOptions } from "../../experiments/columnMap/readMappedTable.js";
import { longestHeader } from "../../experiments/columnMap/longestHeader.js";
import type { CsvOptions } from "../../io/tables/csv/CsvOptions.js";
import { projectName } from "../../io/projectPath.js";
import { readTable } from "../../io/tables/readTable.js";
import type { TableLimits } from "../../io/tables/tableLimits.js";
import type { TableFault } from "../../io/tables/TableFault.js";
import { columnMapPath } from "../columnMapPath.js";
import { filledColumns } from "../filledColumns.js";
import { type MappingReport, reportOf } from "../recipeReader.js";
import type { MapOptions } from "../tableOptions.js";

/**
 * Columns in common that make a file one of recipes; fewer may be chance (any table can have a temperature and a time).
 */
const inCommon = 3;

/** A file as the data-quality report looks at it: only columns that it has. */
export interface TableForQuality {
  readonly table: Table;
  /** Whether it holds recipes, which `train` and `predict` judge. */
  readonly isRecipes: boolean;
  /** How it is written, where that is not plain; columns of numbers that something kept from being ones. */
  readonly notes: readonly string[];
  /** What other verbs would refuse to read, at most `listed` of them; all are counted. */
  readonly faults: readonly TableFault[];
  readonly faultCount: number;
  /** Cells that were read as something else than they say, at most `listed` of them; all are counted. */
  readonly repaired: readonly RowNote[];
  readonly repairedCount: number;
  /** Cells among the faults: columns with their rows. */
  readonly unread: ReadonlyMap<string, ReadonlySet<number>>;
  /** Row of the file, from 1, of a row of the table, from 0: a column map may have left some out. */
  readonly rowOf: (row: number) => number;
  /** What became of the rows, where they were read by a column map; else null. */
  readonly mapping: MappingReport | null;
}

/**
 * Any file that readTable reads, for the data-quality report. A file of ours brings its schema;
 * a file with recipe columns is held against the recipe schema, further columns are
 * kept; any other table is only summed up. A name or a cell that other verbs refuse is told, not thrown; by a column
 * map, a row that cannot be true is thrown, with the places of all others.
 *
 * @throws InputError as readTable, of what concerns the file as a whole; by a map as `readMappedTable`, and if a row
 *   cannot be true
 */
export async function readForQuality(
  path: string,
  {
    csv,
    limits,
    listed = 1000,
    columns,
    reagents,
  }: {
    readonly csv?: CsvOptions;
    readonly limits?: TableLimits;
    readonly listed?: number;
  } & Pick<MapOptions, "columns" | "reagents"> = {},
): Promise<TableForQuality> {
  if (columns !== undefined) return readMapped(path, { csv, limits, listed, columns, reagents });
  const faults: TableFault[] = [];
  const notes: string[] = [];
  const unread = new Map<string, Set<number>>();
  const repaired: RowNote[] = [];
  let [faultCount, repairedCount] = [0, 0];
  const onFault = (fault: TableFault): void => {
    faultCount++;
    const { row, column } = fault;
    if (row !== null && column !== null) unread.set(column, (unread.get(column) ?? new Set()).add(row));
    if (faults.length < listed) faults.push(fault);
  };
  const table = await readTable(path, {
    csv,
    limits,
    unknown: "keep",
    onNote: (note) => notes.push(note),
    onFault,
    onRepair: (note) => {
      repairedCount++;
      if (repaired.length < listed) repaired.push(note);
    },
    schema: (names, stored) => {
      const bringsSchema = Object.values(stored ?? {}).some(({ meaning }) => meaning !== "");
      if (bringsSchema || !areRecipes(names)) return stored;
      for (const { fault } of columnNameFaults(names, recipesWithDesign, { where: projectName(path), unknown: "keep" }))
        onFault({ ...fault, at: fault.where.slice(projectName(path).length + 2), row: null, column: null });
      const there = new Set(names);
      return Object.fromEntries(Object.entries(recipesWithDesign).filter(([name]) => there.has(name)));
    },
  });
  const isRecipes = areRecipes(Object.keys(table.columns));
  if (!isRecipes) notes.push(...(await mapHint(table, path)));
  return {
    table,
    isRecipes,
    notes,
    faults,
    faultCount,
    repaired,
    repairedCount,
    unread,
    rowOf: (row) => row + 1,
    mapping: null,
  };
}

/** Reagents in headers that make a table one of recipes in other words; one may be chance. */
const namedReagents = 2;

/** What to do with a table of recipes whose headers are not ours. */
async function mapHint(table: Table, path: string): Promise<string[]> {
  const { headerReagent } = await import("../../experiments/columnMap/headerReagent.js");
  const { headerParts } = await import("../../experiments/columnMap/headerParts.js");
  const { builtInReagents } = await import("../../chemistry/reagentList.js");
  const named = columnNames(table.schema)
    .filter((name) => name.length <= longestHeader)
    .filter((name) => headerReagent(headerParts(name).text, builtInReagents)?.left.length === 0);
  if (named.length < namedReagents) return [];
  const map = columnMapPath(path);
  return existsSync(map)
    ? [`its headers are not ours, and a map lies beside it: read it with --columns ${map}`]
    : [`its headers are not ours: \`twin data map ${path}\` guesses what they mean`];
}

async function readMapped(
  path: string,
  { listed, columns, ...reading }: ReadMappedOptions & { readonly listed: number; readonly columns: string },
): Promise<TableForQuality> {
  const notes: string[] = [];
  const faults: MappedFault[] = [];
  const { readMappedTable } = await import("../../experiments/columnMap/readMappedTable.js");
  const mapped = await readMappedTable(path, {
    ...reading,
    columns,
    onNote: (note) => notes.push(note),
    onFault: (fault) => faults.push(fault),
  });
  if (faults.length > 0) throw refusal(faults, projectName(path));
  const mapping = reportOf(mapped, columns);
  const { table } = mapped;
  const rows = numbersOf(table, "sourceRow");
  return {
    table: filledColumns(table),
    isRecipes: true,
    notes,
    faults: [],
    faultCount: 0,
    repaired: mapping.repaired.slice(0, listed),
    repairedCount: mapping.repaired.length,
    unread: new Map(),
    rowOf: (row) => rows[row],
    mapping,
  };
}

/** The first row that cannot be true, as other verbs refuse it, and where the others stand. */
function refusal(faults: readonly MappedFault[], where: string): InputError {
  const [{ row, column, must, got, mend }] = faults;
  const rows = [...new Set(faults.map((fault) => fault.row))];
  const more = rows.length > 12 ? `, and ${rows.length - 12} more` : "";
  return new InputError({
    where: `${where}, row ${row}, column ${column}`,
    must,
    got:
      rows.length === 1
        ? got
        : `${got}, and ${rows.length} rows that cannot be true: ${rows.slice(0, 12).join(", ")}${more}`,
    mend,
  });
}

function areRecipes(names: readonly string[]): boolean {
  const known = { ...recipeFields, ...outcomeFields };
  return names.filter((name) => Object.hasOwn(known, name)).length >= inCommon;
}

const recipesWithDesign: Schema = { ...recipeSchema, ...designFields };
