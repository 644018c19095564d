import { InputError } from "../../core/InputError.js";
import type { RowNote } from "../../core/RowNote.js";
import { type Column, isCategory, type Table } from "../../core/Table.js";
import type { CsvOptions } from "../../io/tables/csv/CsvOptions.js";
import { projectName } from "../../io/projectPath.js";
import type { TableLimits } from "../../io/tables/tableLimits.js";
import type { TableFault } from "../../io/tables/TableFault.js";
import { fitReference, type ReferenceProfile } from "../../monitoring/quality/incoming/fitReference.js";
import type { IncomingReport } from "../../monitoring/quality/incoming/IncomingReport.js";
import type { RowColumns } from "../../monitoring/quality/incoming/RowColumns.js";
import { inspectIncoming } from "../../monitoring/quality/incoming/inspectIncoming.js";
import { missingFlags } from "../../monitoring/quality/incoming/missingFlags.js";
import { type QualityOptions, type QualityReport, qualityReport } from "../../monitoring/quality/qualityReport.js";
import { namesOfRows } from "../../monitoring/fitDriftReference.js";
import { aboveZero, faultyRecipes } from "../../predictor/checkRecipes.js";
import type { MappingReport } from "../recipeReader.js";
import { csvOptionsOf, limitsOf, type MapOptions } from "../tableOptions.js";
import { readForQuality, type TableForQuality } from "./readForQuality.js";

/** What the command line asks about a file. */
export interface FileQualityOptions extends CsvOptions, TableLimits, Pick<MapOptions, "columns" | "reagents"> {
  readonly label?: string;
  readonly parameters?: number;
  /** Another file, which the first should be distributed like. */
  readonly against?: string;
  /** Columns that name the batch of each row, its time and its lot (default: those that are called so). */
  readonly groups?: string;
  readonly time?: string;
  readonly lot?: string;
}

/** The report on a table, and what was met when it was read from its file. */
export interface FileQuality extends QualityReport {
  readonly notes: readonly string[];
  /** What `train` or `predict` would refuse of the file, at most 1,000. */
  readonly faults: readonly TableFault[];
  readonly faultCount: number;
  /** Cells in columns of numbers that were read as something else than they say ("n/a", "<5", "~5"), at most 1,000. */
  readonly repaired: readonly RowNote[];
  readonly repairedCount: number;
  /** What became of the rows, where the file was read by a column map; else null. */
  readonly mapping: MappingReport | null;
  /** What the monitor of incoming tables found; null where the file was compared with none. */
  readonly incoming: IncomingReport | null;
}

/** Faults that are listed. */
const listed = 1000;

/**
 * The data-quality report of a file, as `twin quality` gives it: what `train` and `predict` would refuse is told, all
 * at once.
 *
 * @throws InputError as readForQuality, or if an option does not fit the file
 */
export async function fileQuality(
  path: string,
  { label, parameters, against, columns, reagents, groups, time, lot, ...reading }: FileQualityOptions = {},
): Promise<FileQuality> {
  const how = { csv: csvOptionsOf(reading), limits: limitsOf(reading), listed };
  const read = await readForQuality(path, { ...how, columns, reagents });
  const { table, isRecipes, notes } = read;
  if (label !== undefined) checkLabel(table, label, path);
  if (parameters !== undefined && parameters < 1)
    throw new InputError({
      where: "--parameters",
      must: "must be a whole number of at least 1",
      got: String(parameters),
      mend: "write for example 15000",
    });
  const other = against === undefined ? undefined : await readForQuality(against, how);
  if (other !== undefined) checkComparable({ path, table }, { path: against!, table: other.table });
  const profile =
    other === undefined ? null : fitReference(other.table, rowColumnsOf(other.table, { groups, time, lot }, against!));
  const incoming = profile === null ? null : inspectIncoming(table, profile);
  // Drift is told of numbers alone.
  const isInfinite = incoming?.findings.some(({ fault }) => fault === "infinite") ?? false;
  const report = inFile(
    read,
    qualityReport(table, {
      listed,
      label,
      parameters,
      against: isInfinite ? undefined : other?.table,
      ...(profile === null ? {} : driftColumns(profile, [table, other!.table])),
      unread: read.unread,
      above: isRecipes ? Object.fromEntries([...aboveZero].map((name) => [name, 0])) : {},
    }),
  );
  const otherNotes = (other?.notes ?? []).map((note) => `${against}: ${note}`);
  const { repaired, repairedCount, mapping } = read;
  return {
    ...report,
    notes: [...notes, ...otherNotes, ...(isInfinite ? ["drift is not looked for while numbers are infinite"] : [])],
    ...faultsOf(read, path),
    repaired,
    repairedCount,
    mapping,
    incoming: incoming === null ? null : findingsInFile(read, incoming),
  };
}

/** Columns that rows belong together by, as the option names them or as they are usually called. */
function rowColumnsOf(
  { columns }: Table,
  given: Pick<FileQualityOptions, "groups" | "time" | "lot">,
  path: string,
): RowColumns {
  const usual = { groups: ["batch"], time: ["date", "time", "timestamp"], lot: ["lot"] } as const;
  const named = (what: keyof typeof usual): string | undefined => {
    const name = given[what] ?? Object.keys(columns).find((one) => (usual[what] as readonly string[]).includes(one));
    if (name === undefined || Object.hasOwn(columns, name)) return name;
    throw new InputError({
      where: `--${what}`,
      must: `must name a column of ${path}`,
      got: `"${name}"`,
      mend: `choose one of ${Object.keys(columns).slice(0, 30).join(", ")}`,
    });
  };
  return { groups: named("groups"), time: named("time"), lot: named("lot") };
}

/** Whole batches are permuted where every row names its own; what no two tables share has not drifted. */
function driftColumns(
  { rowColumns: { groups, time, lot }, inOrder }: ReferenceProfile,
  tables: readonly Table[],
): Pick<QualityOptions, "groups" | "notDrifting"> {
  const isNamed = (name: string): boolean =>
    tables.every(({ columns }) => Object.hasOwn(columns, name) && !missingFlags(columns[name]).includes(1));
  // A column of numbers that is called time may be a setting.
  const isTime = (name: string): boolean => inOrder === true || tables.some(({ columns }) => isTexts(columns[name]));
  const notDrifting = [groups, lot, time === undefined || isTime(time) ? time : undefined];
  return {
    ...(groups !== undefined && isNamed(groups) ? { groups } : {}),
    notDrifting: notDrifting.filter((name) => name !== undefined),
  };
}

function isTexts(column: Column | undefined): boolean {
  return column !== undefined && isCategory(column);
}

function findingsInFile({ mapping, rowOf }: TableForQuality, report: IncomingReport): IncomingReport {
  if (mapping === null) return report;
  return {
    ...report,
    findings: report.findings.map((one) => ({
      ...one,
      rows: one.rows.map((row) => rowOf(row - 1)),
      lastRow: one.lastRow === null ? null : rowOf(one.lastRow - 1),
    })),
  };
}

/** Rows as they are counted in the file. */
function inFile({ mapping, rowOf }: TableForQuality, report: QualityReport): QualityReport {
  if (mapping === null) return report;
  return {
    ...report,
    violations: report.violations.map((one) => ({ ...one, row: rowOf(one.row - 1) })),
    duplicates: report.duplicates.map((group) => ({ ...group, rows: group.rows.map((row) => rowOf(row - 1)) })),
  };
}

/** Of reading, and recipes that cannot be carried out. */
function faultsOf(
  { table, isRecipes, faults, faultCount, rowOf }: TableForQuality,
  path: string,
): Pick<FileQuality, "faults" | "faultCount"> {
  if (!isRecipes) return { faults, faultCount };
  const all = faults.map((fault) => ({ ...fault, at: fault.at === "" ? projectName(path) : fault.at }));
  let count = faultCount;
  for (const { row, ...fault } of faultyRecipes(table)) {
    count++;
    if (all.length < listed) all.push({ ...fault, row: rowOf(row), column: null, at: `row ${rowOf(row)}` });
  }
  return { faults: all, faultCount: count };
}

function checkLabel(table: Table, label: string, path: string): void {
  const categories = Object.keys(table.columns).filter((name) => isCategory(table.columns[name]));
  const choose = categories.length === 0 ? "" : `choose one of ${categories.slice(0, 30).join(", ")}`;
  if (!Object.hasOwn(table.columns, label))
    throw new InputError({
      where: "--label",
      must: `must name a column of ${path}`,
      got: `"${label}"`,
      mend: choose === "" ? "the file has no column of categories" : choose,
    });
  const column = table.columns[label];
  if (isCategory(column)) return;
  const isCoded = column.every((value) => Number.isNaN(value) || Number.isInteger(value));
  const asWords = `write its classes as words in the file ("class 1" for 1, or better what it stands for)`;
  throw new InputError({
    where: "--label",
    must: "must name a column of categories",
    got: `${label}, which holds ${isCoded ? "whole numbers" : "numbers"}`,
    mend: [isCoded ? asWords : "", choose].filter((part) => part !== "").join(", or ") || "name a column of texts",
  });
}

interface NamedTable {
  readonly path: string;
  readonly table: Table;
}

function checkComparable(here: NamedTable, there: NamedTable): void {
  const isCommon = (name: string): boolean =>
    !namesOfRows.includes(name) &&
    Object.hasOwn(there.table.columns, name) &&
    isCategory(here.table.columns[name]) === isCategory(there.table.columns[name]);
  if (!Object.keys(here.table.columns).some(isCommon))
    throw new InputError({
      where: "--against",
      must: `must be a file with columns of ${here.path}`,
      got: `${there.path}, with ${Object.keys(there.table.columns).slice(0, 30).join(", ")}`,
      mend: "compare files of the same kind",
    });
  for (const { path, table } of [here, there])
    if (table.numRows === 0)
      throw new InputError({
        where: path,
        must: "must have rows to be compared",
        got: "none",
        mend: "leave out --against",
      });
}
