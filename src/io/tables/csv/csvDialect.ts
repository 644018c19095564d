import { InputError } from "../../../core/InputError.js";
import type { CsvOptions } from "./CsvOptions.js";
import { type CsvRecord, csvRecords } from "./csvRecords.js";
import { numberForm } from "./numberForm.js";

/** Where the rows of a CSV begin, and what stands between its cells. */
export interface CsvDialect {
  readonly separator: string;
  readonly header: readonly string[];
  /** Line of the header, counted from 1. */
  readonly headerLine: number;
  /** Whether lines above the header begin with "#": then such lines further down are comments too. */
  readonly hasComments: boolean;
}

/** Separators that are looked for; the first one wins where nothing speaks for another. */
export const csvSeparators = [",", ";", "\t", "|"] as const;

/** Records that are looked at. */
const mostRecords = 200;
/** More lines above the header than this are no preamble. */
const mostAbove = 100;
/** So many numbers in a row, ever rising or falling, name points of an axis (wavelengths, years). */
const axisNames = 8;

/**
 * Finds separator and header in the beginning of a CSV. Lines above the header are comments ("#") or shorter than the
 * table; the header names the columns in words, or in numbers that form an axis.
 *
 * @param head     beginning of the text
 * @param isWhole  whether that is all of it
 * @param options  with `headerLine` set, the text begins with the header
 * @throws InputError if there is no header, or two separators would do (the option that settles it is named)
 */
export async function csvDialect(
  head: string,
  isWhole: boolean,
  options: CsvOptions,
  where: string,
): Promise<CsvDialect> {
  const { separator } = options;
  const isGiven = options.headerLine !== undefined;
  const looks: Look[] = [];
  for (const one of separator === undefined ? csvSeparators : [separator]) {
    const records = await headRecords(head, isWhole, one, where);
    looks.push(lookAt(records, one, isGiven));
  }
  const best = bestOf(looks, where);
  const { header } = best;
  if (header === undefined)
    throw new InputError({
      where,
      must: "the file must have a header",
      got: "no line of cells",
      mend: "write a line of names above the values",
    });
  if (!isGiven && best.isData)
    throw new InputError({
      where: `${where}, line ${header.line}`,
      must: "the first line must name the columns",
      got: `${header.cells
        .slice(0, 4)
        .map((cell) => `"${cell.slice(0, 30)}"`)
        .join(", ")}${header.cells.length > 4 ? ", …" : ""}, which look like values`,
      mend: `write a line of names above it; if these are the names, say so with --header-line ${header.line}`,
    });
  return {
    separator: best.separator,
    header: header.cells,
    headerLine: header.line,
    hasComments: best.hasComments,
  };
}

async function headRecords(
  head: string,
  isWhole: boolean,
  separator: string,
  where: string,
): Promise<readonly CsvRecord[]> {
  const records: CsvRecord[] = [];
  for await (const some of csvRecords([head], { separator, where, isHead: true })) records.push(...some);
  // The last one may have been cut, unless it is the only one.
  return (isWhole || records.length < 2 ? records : records.slice(0, -1)).slice(0, mostRecords + mostAbove);
}

interface Look {
  readonly separator: string;
  readonly header: CsvRecord | undefined;
  /** Whether the header looks like a row. */
  readonly isData: boolean;
  readonly hasComments: boolean;
  /** Cells of most records. */
  readonly width: number;
  /** Share of records with as many cells as the header. */
  readonly fit: number;
  /** Share of their cells that are numbers. */
  readonly numbers: number;
}

function isComment({ cells, isQuoted }: CsvRecord): boolean {
  return !isQuoted && cells[0].startsWith("#");
}

function lookAt(records: readonly CsvRecord[], separator: string, isGiven: boolean): Look {
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
    separator,
    header,
    isData: header !== undefined && looksLikeRow(header.cells, fitting),
    hasComments: records.slice(0, above).some(isComment),
    width,
    fit: body.length === 0 ? 1 : fitting.length / body.length,
    numbers: present === 0 ? 0 : numbers / present,
  };
}

/** Records before the header: comments, and lines with fewer cells than the table that follows. */
function linesAbove(records: readonly CsvRecord[]): number {
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
function isAbove(record: CsvRecord, width: number): boolean {
  return (
    width > 1 && (filledCells(record) === 1 || record.cells.length <= width / 2 || filledCells(record) <= width / 2)
  );
}

function filledCells({ cells }: CsvRecord): number {
  return cells.reduce((sum, cell) => sum + (cell.trim() === "" ? 0 : 1), 0);
}

/** Number of cells that most records have, at least two of them; else that of the first. */
function commonWidth(records: readonly CsvRecord[]): number {
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
function looksLikeRow(names: readonly string[], below: readonly CsvRecord[]): boolean {
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

/** @throws InputError if two separators make a table of it, both with numbers */
function bestOf(looks: readonly Look[], where: string): Look {
  const score = ({ width, fit, isData, header }: Look): number =>
    header === undefined ? -1 : width < 2 ? 0 : fit + (isData ? 0 : 0.5);
  const best = Math.max(...looks.map(score));
  if (best <= 0.5) return looks[0];
  const tied = looks.filter((look) => score(look) === best);
  const [first, second] = tied.toSorted((a, b) => b.numbers - a.numbers);
  if (second !== undefined && second.numbers > 0)
    throw new InputError({
      where,
      must: "one character must separate cells",
      got: `rows that ${JSON.stringify(first.separator)} and ${JSON.stringify(second.separator)} split evenly`,
      mend: `name it: --separator ${JSON.stringify(first.separator)} or ${JSON.stringify(second.separator)}`,
    });
  return first;
}
