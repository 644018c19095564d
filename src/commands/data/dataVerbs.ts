import { InputError } from "../../core/InputError.js";
import type { TableStatus, TransferNote } from "../../experiments/dataStore.js";
import { limitOptions, reagentsOption, tableOptions } from "../tableOptions.js";
import type { Verb, VerbGroup } from "../Verb.js";
import type { ExportedTable, ExportTableOptions } from "./exportTable.js";
import type { MapTableOptions, TableMapping } from "./mapTable.js";
import type { SharedTable, ShareTableOptions } from "./shareTable.js";
import type { WrittenTemplate } from "./writeTemplate.js";

/** The verb `twin data status`: its options, its run and its text. */
export const dataStatusVerb: Verb<object, readonly TableStatus[]> = {
  usage: "status",
  meaning: "which tables are here, with origin, licence and hash",
  options: [],
  async run() {
    const { dataStatus } = await import("../../experiments/dataStore.js");
    const { formatDataStatus } = await import("./formatDataStatus.js");
    const status = await dataStatus();
    return { text: formatDataStatus(status), data: status };
  },
};

/** The verb `twin data import`: its options, its run and its text. */
export const dataImportVerb: Verb<{ readonly from: string }, readonly TransferNote[]> = {
  usage: "import",
  meaning: "copies tables from a folder after checking their hashes",
  options: [
    {
      flags: "--from <folder>",
      meaning: "folder that holds the tables under their names in `twin data status`",
      isRequired: true,
    },
  ],
  async run({ from }) {
    const { importData } = await import("../../experiments/dataStore.js");
    const { formatTransfer } = await import("./formatDataStatus.js");
    const notes = await importData({ from });
    return { text: formatTransfer(notes), data: notes };
  },
};

/** The verb `twin data fetch`: its options, its run and its text. */
export const dataFetchVerb: Verb<{ readonly names?: readonly string[] }, readonly TransferNote[]> = {
  usage: "fetch [names...]",
  meaning: "downloads tables from their public origins",
  options: [],
  async run({ names = [] }) {
    const { fetchData } = await import("../../experiments/dataStore.js");
    const { formatTransfer } = await import("./formatDataStatus.js");
    const notes = await fetchData(names.length === 0 ? {} : { only: names });
    return { text: formatTransfer(notes), data: notes };
  },
};

/** What the verb `twin data map` takes. */
export interface DataMapOptions extends MapTableOptions {
  readonly file: string;
  /** Fails where something is unsure, or a row is left out. */
  readonly strict?: boolean;
}

/** The verb `twin data map`: its options, its run and its text. */
export const dataMapVerb: Verb<DataMapOptions, TableMapping> = {
  usage: "map <file>",
  meaning: "guesses what the headers of a table mean, and writes it as a column map to be edited",
  options: [
    { flags: "--out <file>", meaning: "file of the map (default: the table's name and .columns.json)" },
    reagentsOption,
    { flags: "--force", meaning: "replaces a map that is there, edited or not" },
    { flags: "--strict", meaning: "exits with 1 where a header is not sure or a row is left out" },
    ...tableOptions,
    ...limitOptions,
  ],
  async run({ file, strict = false, ...options }) {
    const { mapTable } = await import("./mapTable.js");
    const { formatTableMapping } = await import("./formatTableMapping.js");
    const mapped = await mapTable(file, options);
    const isWhole =
      mapped.guesses.every(({ confidence }) => confidence === "sure") &&
      mapped.mapping !== null &&
      mapped.mapping.dropped.length === 0;
    return {
      text: formatTableMapping(mapped),
      data: mapped,
      passed: mapped.faultCount === 0 && (!strict || isWhole),
    };
  },
};

/** What the verb `twin data export` takes. */
export interface DataExportOptions extends Partial<ExportTableOptions>, Partial<ShareTableOptions> {
  /** With a format also the name of a published table. */
  readonly file: string;
  /** Fails where a row is left out. */
  readonly strict?: boolean;
}

/** What programs get of `twin data export`: the rows are those of the file that it writes. */
export type DataExport = Omit<ExportedTable, "table"> & { readonly rows: number; readonly columns: readonly string[] };

/** The verb `twin data export`: its options, its run and its text. */
export const dataExportVerb: Verb<DataExportOptions, DataExport | SharedTable> = {
  usage: "export <file>",
  meaning: "converts a table by its column map, to be looked at or kept; or writes a table for other tools",
  options: [
    { flags: "--columns <file>", meaning: "map that `twin data map` wrote and you edited" },
    reagentsOption,
    {
      flags: "--out <file>",
      meaning: "table to write; the ending decides the format (default: rows are shown); with --format a new folder",
    },
    {
      flags: "--format <name>",
      meaning:
        "for other tools: frictionless, croissant, olympus or ord; " +
        "<file> may then be the name of a published table in `twin data status` (docs/other-tools.md)",
    },
    { flags: "--licence <name>", meaning: "with --format: SPDX identifier under which others get your own table" },
    { flags: "--target <column>", meaning: "with --format olympus: the number that is sought" },
    { flags: "--strict", meaning: "exits with 1 where a row of the table was left out" },
    ...tableOptions,
    ...limitOptions,
  ],
  async run({ file, strict = false, format, licence, target, columns, ...options }) {
    if (format !== undefined) {
      const { shareTable } = await import("./shareTable.js");
      const { formatShared } = await import("./formatShared.js");
      const shared = await shareTable(file, { format, licence, target, columns, ...options });
      return {
        text: formatShared(shared),
        data: shared,
        passed: !(strict && (shared.mapping?.dropped.length ?? 0) > 0),
      };
    }
    const { exportTable } = await import("./exportTable.js");
    const { formatExport } = await import("./formatExport.js");
    const exported = await exportTable(file, { columns: mapOf(columns, { licence, target }), ...options });
    const { table, ...data } = exported;
    return {
      text: formatExport(exported),
      data: { ...data, rows: table.numRows, columns: Object.keys(table.schema) },
      passed: !(strict && data.mapping.dropped.length > 0),
    };
  },
};

/** The map by which a table is converted. @throws InputError if there is none, or an option asks for a format */
function mapOf(columns: string | undefined, ofFormat: Readonly<Record<string, string | undefined>>): string {
  const alone = Object.keys(ofFormat).find((name) => ofFormat[name] !== undefined);
  if (columns !== undefined && alone === undefined) return columns;
  throw new InputError({
    where: alone === undefined ? "--columns" : `--${alone}`,
    must: alone === undefined ? "must name a map, or --format a form for other tools" : "belongs to --format",
    got: alone === undefined ? "neither" : "no --format",
    mend: alone === undefined ? "write a map with `twin data map`, or name a format" : "name one, or leave it out",
  });
}

/** The verb `twin data template`: its options, its run and its text. */
export const dataTemplateVerb: Verb<{ readonly out?: string; readonly force?: boolean }, WrittenTemplate> = {
  usage: "template",
  meaning: "writes a table to fill in: all columns, their units, and one worked row",
  options: [
    { flags: "--out <file>", meaning: "table to write; the ending decides the format (default experiments.csv)" },
    { flags: "--force", meaning: "replaces a file that is there" },
  ],
  async run({ out = "experiments.csv", force = false }) {
    const { writeTemplate } = await import("./writeTemplate.js");
    const written = await writeTemplate(out, { force });
    return {
      text:
        `written: ${written.out}, ${written.columns.length} columns and one worked row to replace. ` +
        `Names carry units; leave empty what was not measured, write 0 where there was none. ` +
        `Then: twin quality ${written.out}`,
      data: written,
    };
  },
};

/** `twin data` */
export const dataVerbs: VerbGroup = {
  usage: "data",
  meaning: "published tables, which are never committed, and your own: what their headers mean",
  verbs: [dataStatusVerb, dataImportVerb, dataFetchVerb, dataMapVerb, dataExportVerb, dataTemplateVerb],
};
