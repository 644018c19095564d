import { existsSync } from "node:fs";
import { InputError } from "../core/InputError.js";
import { shortText } from "../core/shortText.js";
import { visibleText } from "../core/visibleText.js";
import { makeTable, numbersOf, type Table } from "../core/Table.js";
import type { MappedTable } from "../experiments/columnMap/applyColumnMap.js";
import type { RowNote } from "../core/RowNote.js";
import { projectName } from "../io/projectPath.js";
import type { ReadTableOptions } from "../io/tables/readTable.js";
import type { ReadTableStreamOptions } from "../io/tables/readTableStream.js";
import { columnMapPath } from "./columnMapPath.js";
import type { MapOptions } from "./tableOptions.js";

/** What became of a table that was read by a column map. */
export interface MappingReport {
  readonly columns: string;
  /** Rows that are answered, of those of the file. */
  readonly rows: number;
  /** Rows that cannot be true. */
  readonly refused: number;
  readonly dropped: readonly RowNote[];
  readonly repaired: readonly RowNote[];
  readonly assumptions: readonly string[];
  /** Headers that the map still calls unsure. */
  readonly unsure: readonly string[];
  /** Headers that are not read, and of which the map does not say that they need not be. */
  readonly undecided: readonly string[];
}

/** Reads tables of recipes, by a column map where one is given, and remembers what became of them. */
export interface RecipeReader {
  readonly read: (path: string, options?: ReadTableOptions) => Promise<Table>;
  /**
   * The same piece by piece, of a file that need not fit memory; by a map, in one piece. Only columns of the schema are
   * sure to be there.
   */
  readonly stream: (path: string, options: ReadTableStreamOptions) => AsyncIterable<ReadPiece>;
  /** Row of the file, counted from 1, that a row of what was read stood in: a map may have left rows out. */
  readonly rowOf: (table: Table, row: number) => number;
  /** Null where no map was given. */
  readonly report: () => MappingReport | null;
}

/** Some rows of a table, and which rows of the file they stood in, counted from 1. */
export interface ReadPiece {
  readonly table: Table;
  readonly rowOf: (row: number) => number;
}

/**
 * The one place where verbs read recipes of a file: as `readTable` does, or by the column map that was named. A map
 * that lies beside the table is not used unless it is named; a message says that it is there.
 */
export function recipeReader({ columns, reagents, form }: MapOptions & { readonly form?: "recipes" }): RecipeReader {
  let report: MappingReport | null = null;
  if (form === "recipes") return publishedReader({ columns, reagents });
  if (columns === undefined) {
    if (reagents !== undefined)
      throw new InputError({
        where: "--reagents",
        must: "belongs to --columns, which names amounts of reagents",
        got: "no --columns",
        mend: "write a map with `twin data map`, or leave it out",
      });
    return { read: readPlain, stream: streamPlain, rowOf: (_, row) => row + 1, report: () => null };
  }
  const read = async (
    path: string,
    { schema, csv, limits, onNote, onFault }: ReadTableOptions = {},
  ): Promise<Table> => {
    // With the list of reagents it takes 30 ms to load, which tables without a map need not wait for.
    const { readMappedTable } = await import("../experiments/columnMap/readMappedTable.js");
    const mapped = await readMappedTable(path, {
      ...{ columns, reagents, csv, limits, onNote },
      onFault: onFault && ((fault) => onFault({ ...fault, at: `row ${fault.row}, column ${fault.column}` })),
    });
    report = reportOf(mapped, columns);
    mappingNotes(report).forEach((note) => onNote?.(note));
    return inOrder(mapped.table, typeof schema === "function" ? undefined : schema);
  };
  const rowOf = (table: Table, row: number): number => numbersOf(table, "sourceRow")[row];
  return { read, stream: (path, options) => whole(read, rowOf, path, options), rowOf, report: () => report };
}

/** Reads recipes that are written as those of the published table. */
function publishedReader(others: Pick<MapOptions, "columns" | "reagents">): RecipeReader {
  const other = Object.entries(others).find(([, value]) => value !== undefined);
  if (other !== undefined)
    throw new InputError({
      where: `--${other[0]}`,
      must: "must belong to another table: one of --form recipes lists reactants by built-in names in mmol",
      got: "both",
      mend: "leave one of them out",
    });
  const read = async (path: string, { csv, onNote, onFault }: ReadTableOptions = {}): Promise<Table> => {
    const { readRawCsv } = await import("../io/tables/readRawCsv.js");
    const { loadAskedRecipes } = await import("../experiments/loadAskedRecipes.js");
    const { table, dropped, repaired } = loadAskedRecipes(await readRawCsv(path, csv));
    for (const { row, column, why } of dropped) {
      const fault = { must: "must be a recipe of Cs-Pb-Br that can be counted", got: why, mend: "leave the row out" };
      const at = `row ${row}, column ${column}`;
      if (onFault === undefined) throw new InputError({ ...fault, where: `${projectName(path)}, ${at}` });
      onFault({ row, column, at, ...fault });
    }
    onNote?.(`read as published recipes, amounts counted from the lists of reactants: ${table.numRows} recipes`);
    if (repaired.length > 0) onNote?.(`${repaired.length} amounts are not as the table's own sums say`);
    return table;
  };
  const rowOf = (table: Table, row: number): number => numbersOf(table, "sourceRow")[row];
  return { read, stream: (path, options) => whole(read, rowOf, path, options), rowOf, report: () => null };
}

/** A table that is read in one piece, as pieces of the size that is wanted. */
async function* whole(
  read: RecipeReader["read"],
  rowOf: RecipeReader["rowOf"],
  path: string,
  options: ReadTableStreamOptions,
): AsyncGenerator<ReadPiece, void, undefined> {
  const all = await read(path, options);
  const { cutTable } = await import("../io/tables/readTableStream.js");
  for (const table of cutTable(all, options.leastRows)) yield { table, rowOf: (row) => rowOf(table, row) };
}

async function* streamPlain(path: string, options: ReadTableStreamOptions): AsyncGenerator<ReadPiece, void, undefined> {
  const { readTableStream } = await import("../io/tables/readTableStream.js");
  let before = 0;
  try {
    for await (const table of readTableStream(path, options)) {
      const first = before;
      before += table.numRows;
      yield { table, rowOf: (row) => first + row + 1 };
    }
  } catch (error) {
    throw withMapNamed(error, path);
  }
}

async function readPlain(path: string, options: ReadTableOptions = {}): Promise<Table> {
  // With all formats it takes some 30 ms to load, which a recipe that is no table need not wait for.
  const { readTable } = await import("../io/tables/readTable.js");
  try {
    return await readTable(path, options);
  } catch (error) {
    throw withMapNamed(error, path);
  }
}

function withMapNamed(error: unknown, path: string): unknown {
  const map = columnMapPath(path);
  if (!(error instanceof InputError) || !existsSync(map)) return error;
  return new InputError({ ...error.fault, mend: `${error.fault.mend}; or read it by its map: --columns ${map}` });
}

/** What a mapped table was made of, without the table. */
export function reportOf(mapped: MappedTable, columns: string): MappingReport {
  const { table, refused, dropped, repaired, assumptions, unsure, undecided } = mapped;
  return { columns, rows: table.numRows, refused, dropped, repaired, assumptions, unsure, undecided };
}

/** Columns that are wanted stand first, as readTable has them. */
function inOrder(table: Table, wanted: Table["schema"] = {}): Table {
  const schema = { ...wanted, ...table.schema };
  return makeTable(schema, Object.fromEntries(Object.keys(schema).map((name) => [name, table.columns[name]])));
}

/** Rows that are shown of each kind; programs get all. */
const shown = 4;

/** What became of a mapped table, on less than a screen; what is to be looked at first stands first. */
export function mappingNotes(report: MappingReport): readonly string[] {
  const { columns, rows, refused, dropped, repaired, unsure, undecided } = report;
  const total = rows + refused + dropped.length;
  const line = ({ row, column, came, made, why }: RowNote): string =>
    `  row ${row}, column ${shortText(column)}: ${came === "" ? "nothing" : `"${shortText(came)}"`} → ${made} (${why})`;
  const some = (notes: readonly RowNote[], what: string): string[] =>
    notes.length === 0
      ? []
      : [
          what,
          ...notes.slice(0, shown).map(line),
          ...(notes.length > shown ? [`  and ${notes.length - shown} more, which --json lists`] : []),
        ];
  return [
    `read by ${columns}: ${rows} of ${total} rows`,
    ...(unsure.length === 0 ? [] : [`the map is unsure of ${headerList(unsure)}: look at them, and delete "unsure"`]),
    ...(undecided.length === 0
      ? []
      : [`not read, as the map leaves open what they mean: ${headerList(undecided)}; "ignored": true settles it`]),
    ...some(dropped, `left out: ${dropped.length} of ${total} rows`),
    ...some(repaired, `read otherwise than written: ${repaired.length} ${repaired.length === 1 ? "cell" : "cells"}`),
  ].map((note) => visibleText(note));
}

/** Headers that are named in one line. */
const named = 12;

function headerList(headers: readonly string[]): string {
  const more = headers.length > named ? ` and ${headers.length - named} more` : "";
  return `${headers
    .slice(0, named)
    .map((header) => `"${shortText(header)}"`)
    .join(", ")}${more}`;
}
