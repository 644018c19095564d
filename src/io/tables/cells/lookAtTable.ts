import { InputError } from "../../../core/InputError.js";
import { plainUnit } from "../../../core/plainUnit.js";
import { numberForm } from "./numberForm.js";
import { oddCell } from "./oddCell.js";

/** More lines above the header than this are no preamble. */
export const mostAbove = 100;
/** So many numbers in a row, ever rising or falling, name points of an axis (wavelengths, years). */
const axisNames = 8;

/** What a table looks like by its first lines. */
export interface TableLook {
  readonly header: TextRecord | undefined;
  /** Whether the header looks like a row. */
  readonly isData: boolean;
  readonly hasComments: boolean;
  /** Cells of most records. */
  readonly width: number;
  /** Share of records with as many cells as the header. */
  readonly fit: number;
  /** Share of their cells that are numbers. */
  readonly numbers: number;
  readonly units: UnitRow | null;
}

/** A row that names the units of the columns, as `plainUnit` writes them; "" where it names none. */
export interface UnitRow {
  readonly line: number;
  readonly units: readonly string[];
}

/** A line of cells as texts. */
export interface TextRecord {
  readonly line: number;
  readonly cells: readonly string[];
  /** Whether its first cell stood in quotes, so that a "#" there begins no comment. */
  readonly isQuoted: boolean;
}

function isComment({ cells, isQuoted }: TextRecord): boolean {
  return !isQuoted && cells[0].startsWith("#");
}

/**
 * Finds the header of a table in its first lines. Lines above it are comments ("#") or shorter than the table; it names
 * the columns in words, or in numbers that form an axis.
 *
 * @param isGiven  whether the first line is known to be the header
 */
export function lookAtTable(records: readonly TextRecord[], isGiven: boolean): TableLook {
  const above = isGiven ? 0 : linesAbove(records);
  const header = records.at(above);
  const width = header?.cells.length ?? 0;
  const body = records.slice(above + 1).filter((record) => !isComment(record) || record.cells.length === width);
  const fitting = body.filter(({ cells }) => cells.length === width);
  let numbers = 0;
  let present = 0;
  for (const { cells } of fitting)
    for (const cell of cells) {
      const form = numberForm(cell);
      if (form === "missing") continue;
      present++;
      if (form !== "text") numbers++;
    }
  return {
    header,
    isData: header !== undefined && looksLikeRow(header.cells, fitting),
    hasComments: records.slice(0, above).some(isComment),
    width,
    fit: body.length === 0 ? 1 : fitting.length / body.length,
    numbers: present === 0 ? 0 : numbers / present,
    units: unitRow(fitting[0], () => fitting.slice(1)),
  };
}

/**
 * The line that names the columns.
 *
 * @throws InputError if there is none, or it looks like values and is not known to be the header
 */
export function headerOf({ header, isData }: TableLook, where: string, isGiven: boolean): TextRecord {
  if (header === undefined)
    throw new InputError({
      where,
      must: "the file must have a header",
      got: "no line of cells",
      mend: "write a line of names above the values",
    });
  if (!isGiven && isData)
    throw new InputError({
      where: `${where}, line ${header.line}`,
      must: "the first line must name the columns",
      got: `${header.cells
        .slice(0, 4)
        .map((cell) => `"${cell.slice(0, 30)}"`)
        .join(", ")}${header.cells.length > 4 ? ", …" : ""}, which look like values`,
      mend: `write a line of names above it; if these are the names, say so with --header-line ${header.line}`,
    });
  return header;
}

/**
 * Units in the first row under the header ("", "°C", "s", "mM"): every cell that is filled is a unit, one at least is
 * more than "-", and below every such one stand numbers, mostly.
 *
 * @param belowIt  the rows below, asked for only where the first one may be of units
 */
export function unitRow(first: TextRecord | undefined, belowIt: () => readonly TextRecord[]): UnitRow | null {
  if (first === undefined) return null;
  const units = first.cells.map((cell) => (cell.trim() === "" ? "" : plainUnit(cell)));
  if (units.includes(undefined) || units.every((unit) => unit === "" || unit === "1")) return null;
  const below = belowIt();
  const isOfNumbers = units.every((unit, i) => {
    if (unit === "" || unit === "1") return true;
    const filled = below.map(({ cells }) => cells[i]).filter((cell) => numberForm(cell) !== "missing");
    const numbers = filled.filter((cell) => numberForm(cell) !== "text" || oddCell(cell) !== undefined);
    return 2 * numbers.length >= filled.length;
  });
  const hasNumbers = below.some(({ cells }) =>
    cells.some((cell, i) => units[i] !== "" && !["missing", "text"].includes(numberForm(cell))),
  );
  return isOfNumbers && hasNumbers ? { line: first.line, units: units.map((unit) => unit ?? "") } : null;
}

/** Records before the header: comments, and lines with fewer cells than the table that follows. */
function linesAbove(records: readonly TextRecord[]): number {
  const first = records.findIndex((record) => !isComment(record));
  // Nothing but comments: the last of them is the header, as it always was.
  if (first < 0) return 0;
  const width = commonWidth(records.slice(first));
  let at = first;
  while (at < Math.min(records.length, mostAbove) && filledCells(records[at]) < width && isAbove(records[at], width))
    at++;
  // A table that begins with a wider row than its header: the header is what the rows are held against.
  if (at >= records.length || (at > first && looksLikeRow(records[at].cells, records.slice(at + 1)))) at = first;
  // "# a, b" above rows of numbers is the header of a program that writes it so.
  const last = records[at - 1];
  if (at === first && last !== undefined && last.cells.length === width && width > 1)
    return looksLikeRow(records[at].cells, records.slice(at + 1)) ? at - 1 : at;
  return at;
}

/** A title or a note has one filled cell, or fewer cells than half the table. */
function isAbove(record: TextRecord, width: number): boolean {
  return (
    width > 1 && (filledCells(record) === 1 || record.cells.length <= width / 2 || filledCells(record) <= width / 2)
  );
}

function filledCells({ cells }: TextRecord): number {
  return cells.reduce((sum, cell) => sum + (cell.trim() === "" ? 0 : 1), 0);
}

/** Number of cells that most records have, at least two of them; else that of the first. */
function commonWidth(records: readonly TextRecord[]): number {
  const counts = new Map<number, number>();
  for (const { cells } of records) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  let [width, most] = [records[0]?.cells.length ?? 0, 1];
  for (const [cells, count] of counts) if (count > most) [width, most] = [cells, count];
  return width;
}

/**
 * Whether a line of names looks like a row: it holds numbers that are no points of an axis, or every one of its texts
 * comes again below it.
 */
function looksLikeRow(names: readonly string[], below: readonly TextRecord[]): boolean {
  const numbers = names.filter((name) => !["missing", "text"].includes(numberForm(name)));
  if (numbers.length === 0) return false;
  if (numbers.length === names.length && below.length > 0) return !isAxis(numbers) || names.length < axisNames;
  if (below.length === 0) return numbers.length === names.length;
  return !isAxis(numbers);
}

/** Numbers in even steps, or so many that rise or fall all the way that no row would. */
function isAxis(names: readonly string[]): boolean {
  const points = names.map(Number);
  if (points.length < 3 || points.some(Number.isNaN)) return false;
  const steps = points.slice(1).map((point, i) => point - points[i]);
  const rises = steps.every((step) => step > 0) || steps.every((step) => step < 0);
  const isEven = steps.every((step) => Math.abs(step - steps[0]) <= 1e-6 * Math.abs(steps[0]));
  return rises && (isEven || points.length >= axisNames);
}
