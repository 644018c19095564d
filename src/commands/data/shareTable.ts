import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { columnNames } from "../../core/columnNames.js";
import { InputError } from "../../core/InputError.js";
import { exchangeFormats, type ExchangeFormat } from "../../experiments/exchange/exchangeFormats.js";
import type { ExchangeTable } from "../../experiments/exchange/ExchangeTable.js";
import { ownExchange } from "../../experiments/exchange/ownExchange.js";
import { manifestTable, publishedExchange, shareableNames } from "../../experiments/exchange/publishedExchange.js";
import { requireFolder } from "../../io/requireFolder.js";
import { sha256, sha256File } from "../../io/sha256.js";
import type { CsvOptions } from "../../io/tables/csv/CsvOptions.js";
import type { TableLimits } from "../../io/tables/tableLimits.js";
import { writeFolderAtomic } from "../../io/writeFolderAtomic.js";
import { filledColumns } from "../filledColumns.js";
import { readForQuality } from "../quality/readForQuality.js";
import { type MappingReport, recipeReader } from "../recipeReader.js";
import { csvOptionsOf, limitsOf } from "../tableOptions.js";

/** How a table is written for another tool. */
export interface ShareTableOptions extends CsvOptions, TableLimits {
  readonly format: string;
  /** Folder to make. */
  readonly out?: string;
  /** SPDX identifier under which others get a table of the user's own. */
  readonly licence?: string;
  /** Column of the number that is sought, for Olympus. */
  readonly target?: string;
  readonly columns?: string;
  readonly reagents?: string;
  /** Where imported tables lie (default data/real of the project). */
  readonly folder?: string;
}

/** A table that was written for another tool, and what that tool cannot hold of it. */
export interface SharedTable {
  readonly table: string;
  readonly format: ExchangeFormat;
  readonly out: string;
  readonly licence: string;
  readonly rows: number;
  readonly columns: readonly string[];
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly sha256: string }[];
  /** Empty where nothing is lost. */
  readonly notHeld: readonly string[];
  /** What to look at. */
  readonly notes: readonly string[];
  /** Null where no map was given. */
  readonly mapping: MappingReport | null;
}

/**
 * Writes a table as another tool takes it, into a new folder, whole or not at all: a table of the manifest whose
 * licence lets others have it, or a file of the user's own under a licence that he states.
 *
 * @param table  name in the manifest, or file
 * @throws InputError if an option makes no sense, the table may not be passed on or is not here, the format cannot take
 *   it, or the folder is there already
 */
export async function shareTable(table: string, options: ShareTableOptions): Promise<SharedTable> {
  const format = knownFormat(options.format);
  const out = await newFolder(options.out);
  const { exchange, notes, mapping } = await exchangeOf(table, options);
  const { files, notHeld } = await exchangeFormats[format](exchange);
  if (!(await writeFolderAtomic(out, files))) throw folderStands(out);
  return {
    table: exchange.name,
    format,
    out,
    licence: exchange.licence,
    rows: exchange.table.numRows,
    columns: columnNames(exchange.table.schema),
    files: Object.entries(files).map(([name, content]) => ({
      name,
      bytes: Buffer.byteLength(content),
      sha256: sha256(content),
    })),
    notHeld,
    notes,
    mapping,
  };
}

function knownFormat(format: string): ExchangeFormat {
  if (Object.hasOwn(exchangeFormats, format)) return format as ExchangeFormat;
  throw new InputError({
    where: "--format",
    must: `must be of ${Object.keys(exchangeFormats).join(", ")}`,
    got: `"${format}"`,
    mend: "write for example frictionless",
  });
}

async function newFolder(out: string | undefined): Promise<string> {
  if (out === undefined || out === "")
    throw new InputError({
      where: "--out",
      must: "must name the folder to make, with --format",
      got: "nothing",
      mend: "write for example --out shared-table",
    });
  if (existsSync(out)) throw folderStands(out);
  await requireFolder(dirname(out));
  return out;
}

function folderStands(out: string): InputError {
  return new InputError({ where: "--out", must: "must be a new folder", got: `"${out}"`, mend: "name another" });
}

interface FoundTable {
  readonly exchange: ExchangeTable;
  readonly notes: readonly string[];
  readonly mapping: MappingReport | null;
}

async function exchangeOf(
  table: string,
  { licence, target, columns, reagents, folder, ...reading }: ShareTableOptions,
): Promise<FoundTable> {
  const published = manifestTable(table);
  if (published !== undefined && !existsSync(table)) {
    const own = Object.entries({ licence, columns, reagents }).find(([, value]) => value !== undefined);
    if (own !== undefined)
      throw new InputError({
        where: `--${own[0]}`,
        must: "belongs to a table of your own",
        got: `the published table "${table}"`,
        mend: "leave it out",
      });
    const exchange = await publishedExchange(published, { folder });
    const roles = { ...exchange.roles, target: target ?? exchange.roles.target };
    return { exchange: { ...exchange, roles }, notes: [], mapping: null };
  }
  if (!existsSync(table))
    throw new InputError({
      where: table,
      must: `must be one of ${shareableNames().join(", ")}, or a file of your own`,
      got: "neither",
      mend: "correct the name",
    });
  if (licence === undefined)
    throw new InputError({
      where: "--licence",
      must: "must say under which licence others get your table",
      got: "nothing",
      mend: "write for example --licence CC-BY-4.0",
    });
  const sha = await sha256File(table);
  const read = await ownTable(table, { columns, reagents, ...reading });
  const exchange = ownExchange({ table: read.table, file: table, sha256: sha, licence, target });
  return { exchange, notes: read.notes, mapping: read.mapping };
}

async function ownTable(
  file: string,
  { columns, reagents, ...reading }: Pick<ShareTableOptions, "columns" | "reagents"> & CsvOptions & TableLimits,
): Promise<Pick<ExchangeTable, "table"> & Omit<FoundTable, "exchange">> {
  const notes: string[] = [];
  const [csv, limits] = [csvOptionsOf(reading), limitsOf(reading)];
  if (columns !== undefined || reagents !== undefined) {
    const reader = recipeReader({ columns, reagents });
    const read = await reader.read(file, { csv, limits, onNote: (note) => notes.push(note) });
    return { table: filledColumns(read, { first: ["sourceRow"] }), notes, mapping: reader.report() };
  }
  const read = await readForQuality(file, { csv, limits });
  const [fault] = read.faults;
  if (fault !== undefined)
    throw new InputError({ where: `${file}, ${fault.at}`, must: fault.must, got: fault.got, mend: fault.mend });
  return { table: read.table, notes: read.notes, mapping: null };
}
