import { missingWords, parseNumber } from "../../../core/parseNumber.js";
import { isIdentifierName } from "../../../core/isIdentifierName.js";
import type { Schema } from "../../../core/Schema.js";
import { type CategoryColumn, type Column, isCategory } from "../../../core/Table.js";
import { identifierNotes, inexactNote, mostWhole } from "../carriedAs.js";
import { type CategoryBuilder, categoryBuilder } from "../categoryBuilder.js";
import type { ReadColumns } from "../ReadColumns.js";
import { fieldOf } from "../ReadColumns.js";
import { faultError, type TableFault } from "../TableFault.js";
import type { CsvOptions, DecimalMark } from "./CsvOptions.js";
import type { CsvRecord } from "./csvRecords.js";
import { type CellPlace, type ColumnForms, numberStyle } from "./csvNumbers.js";
import { markedNumber, type NumberForm, numberForm } from "./numberForm.js";
import { openCsv, widthMend } from "./openCsv.js";

export interface ReadCsvOptions {
  readonly csv?: CsvOptions;
  /** Checks the names of the header, and says what they mean. */
  readonly schemaOf: (names: readonly string[]) => Schema | undefined;
  /** Takes what a reader should know: how the file is written, what kept a column from being one of numbers. */
  readonly onNote: (note: string) => void;
  /** Takes what cannot be read, which is missing then; where left out, the first fault is thrown. */
  readonly onFault?: (fault: TableFault) => void;
}

/** Columns that are told about, at most. */
const mostNotes = 10;

/**
 * The columns of a CSV, whatever it is written like. One pass reads texts, and numbers as we write them; columns of
 * which it turns out only then what they hold are filled in a second one.
 *
 * @throws InputError naming line, or row and column, what must hold and the mend
 */
export async function readCsv(
  path: string,
  where: string,
  { csv = {}, schemaOf, onNote, onFault }: ReadCsvOptions,
): Promise<ReadColumns> {
  const file = await openCsv(path, csv);
  const { header, separator } = file;
  const schema = schemaOf(header);
  const refuse =
    onFault ??
    ((fault: TableFault): never => {
      throw faultError(where, fault);
    });
  const fields = header.map((name) => fieldOf(schema, name));
  const first = header.map((column, i) => {
    if (fields[i]?.kind === "category") return textFiller(fields[i].levels);
    const isStranger = fields[i] === undefined;
    return isStranger && isIdentifierName(column) ? textFiller() : new Survey(column, isStranger);
  });
  const numRows = await fill(first, file.rows(onFault && ((record) => onFault(widthFault(record, header.length)))));
  const surveys = first.map((filler) => (filler instanceof Survey ? filler : undefined));
  const numeric = surveys.flatMap((survey, i) =>
    survey !== undefined && (fields[i] !== undefined || survey.numbers > survey.texts) ? [survey] : [],
  );
  const { mark, unusual } = numberStyle(numeric, { separator, wanted: csv.decimalMark, where });
  const wrong: NumberForm = mark === "." ? "comma" : "point";
  const isText = (survey: Survey): boolean =>
    survey.isStranger &&
    (survey.numbers === 0 || survey.texts > 0 || survey.first[wrong] !== undefined || survey.inexact() !== undefined);
  const second = surveys.map((survey, i) => {
    if (survey === undefined || survey.isSettled(isText(survey), mark)) return undefined;
    if (isText(survey)) return textFiller();
    return numberFiller(numRows, mark, (row, text) =>
      refuse(notANumber(row + 1, header[i], text, fields[i]?.unit ?? "")),
    );
  });
  if (second.some((filler) => filler !== undefined))
    await fill(
      second.map((filler) => filler ?? ignored),
      file.rows(() => undefined),
    );
  const all = [...file.unusual, ...unusual];
  if (all.length > 0) onNote(`read as: ${all.join(", ")}`);
  const columns = header.map((name, i): [string, Column] => {
    const column = (second[i] ?? first[i]).finish();
    return [name, surveys[i]?.isStranger && isCategory(column) ? (booleans(column) ?? column) : column];
  });
  const notes = [
    ...numeric.filter((survey) => isText(survey)).map((survey) => preventedNote(survey, wrong)),
    ...columns.flatMap(([name, column], i) =>
      fields[i] === undefined && surveys[i] === undefined && isCategory(column) && isNumeric(column)
        ? identifierNotes(column, name)
        : [],
    ),
  ];
  notes.slice(0, mostNotes).forEach(onNote);
  if (notes.length > mostNotes) onNote(`and ${notes.length - mostNotes} more columns like these`);
  return { columns: Object.fromEntries(columns), schema, numRows };
}

/** Whether all texts of a column could be read as numbers or booleans. */
function isNumeric({ levels }: CategoryColumn): boolean {
  return levels.every((level) => parseNumber(level) !== undefined || booleanWords.has(level.toLowerCase()));
}

/** Booleans as programs write them: true, True, TRUE. */
const booleanWords: ReadonlyMap<string, number> = new Map([
  ["true", 1],
  ["false", 0],
  ...missingWords.map((word): [string, number] => [word, Number.NaN]),
]);

/** Ones and zeros of a column that holds true and false alone, as of a column of booleans in other formats. */
function booleans({ codes, levels }: CategoryColumn): Float64Array | undefined {
  const values = levels.map((level) => booleanWords.get(level.toLowerCase()));
  if (!values.every((value) => value !== undefined) || values.every((value) => Number.isNaN(value))) return undefined;
  return Float64Array.from(codes, (code) => values[code]);
}

/** Takes the cells of one column from top to bottom. */
interface Filler {
  add(text: string, row: number): void;
  finish(): Column;
}

/** Gives every cell to the filler of its column, and counts the rows. */
async function fill(fillers: readonly Filler[], rows: AsyncIterable<readonly CsvRecord[]>): Promise<number> {
  let row = 0;
  for await (const records of rows) {
    for (const { cells } of records) {
      for (let i = 0; i < fillers.length; i++) fillers[i].add(cells[i], row);
      row++;
    }
  }
  return row;
}

const ignored: Filler = { add: () => undefined, finish: () => new Float64Array(0) };

function textFiller(levels?: readonly string[]): Filler {
  return categoryBuilder(levels);
}

function numberFiller(numRows: number, mark: DecimalMark, onText: (row: number, text: string) => void): Filler {
  const values = new Float64Array(numRows);
  return {
    add(text, row) {
      const value = markedNumber(text, mark);
      if (value === undefined) onText(row, text);
      values[row] = value ?? Number.NaN;
    },
    finish: () => values,
  };
}

/** Cells that are named of a column that they keep from being one of numbers. */
const mostOdd = 3;

/**
 * A column of which it is not known yet what it holds: takes numbers as we write them, and counts what else there is. A
 * column that begins with a text is one of texts.
 */
class Survey implements ColumnForms, Filler {
  numbers = 0;
  texts = 0;
  readonly first: Partial<Record<NumberForm, CellPlace>> = {};
  readonly odd: CellPlace[] = [];
  /** Whether no schema says what it holds. */
  readonly isStranger: boolean;
  private readonly column: string;
  private leadingZero: CellPlace | undefined;
  private aboveMost: CellPlace | undefined;
  private values = new Float64Array(64);
  private length = 0;
  /** Whether every number is written as we write them. */
  private isPlain = true;
  private builder: CategoryBuilder | undefined;

  constructor(column: string, isStranger: boolean) {
    this.column = column;
    this.isStranger = isStranger;
  }

  add(text: string, row: number): void {
    this.builder?.add(text);
    const value = Number(text);
    if (value - value !== 0 || !isOrdinary(text)) return this.addOdd(text, row);
    this.numbers++;
    // Looked at from 2^53 on, and where a zero begins a number of several letters.
    if (!(value < mostNumber && value > -mostNumber) || (text.length > 1 && mayLeadZero(text)))
      this.addInexact(text, row);
    if (this.first.point === undefined && text.includes(".")) this.addForm(numberForm(text), text, row);
    this.push(value);
  }

  /** Why its numbers must stay texts: one that begins with a zero, or is whole and above 2^53; else undefined. */
  inexact(): string | undefined {
    if (this.leadingZero !== undefined) {
      const { row, column, text } = this.leadingZero;
      return `column ${column} is read as text: row ${row} holds ${text.trim()}, which as a number is ${Number(text)}`;
    }
    const isWhole = this.first.point === undefined && this.first.pointOrGroups === undefined;
    if (!isWhole || this.aboveMost === undefined) return undefined;
    return inexactNote(this.column, this.aboveMost.row - 1, this.aboveMost.text.trim());
  }

  /** Whether the first pass has all it takes. */
  isSettled(isText: boolean, mark: DecimalMark): boolean {
    return isText ? this.builder !== undefined : this.isPlain && mark === ".";
  }

  finish(): Column {
    return this.builder?.finish() ?? this.values.slice(0, this.length);
  }

  private addOdd(text: string, row: number): void {
    const form = numberForm(text);
    if (form === "text") {
      if (row === 0 && this.isStranger) {
        this.builder = categoryBuilder();
        this.builder.add(text);
      }
      this.texts++;
      this.isPlain = false;
      if (this.odd.length < mostOdd) this.odd.push({ row: row + 1, column: this.column, text });
    } else if (form !== "missing") {
      this.numbers++;
      this.addInexact(text, row);
      this.addForm(form, text, row);
    }
    this.push(parseNumber(text) ?? Number.NaN);
  }

  private addInexact(text: string, row: number): void {
    const digits = wholeDigits.exec(text)?.[1];
    if (digits === undefined) return;
    const place = { row: row + 1, column: this.column, text };
    if (digits.length > 1 && digits.startsWith("0")) this.leadingZero ??= place;
    if (this.aboveMost === undefined && digits.length >= 16 && BigInt(digits) > mostWhole) this.aboveMost = place;
  }

  private addForm(form: NumberForm, text: string, row: number): void {
    this.first[form] ??= { row: row + 1, column: this.column, text };
    if (form === "comma" || form === "commaOrGroups" || form === "groups") this.isPlain = false;
    // 1,234.5 is a point form too.
    else if (parseNumber(text) === undefined) this.isPlain = false;
  }

  private push(value: number): void {
    if (this.length === this.values.length) {
      const longer = new Float64Array(2 * this.length);
      longer.set(this.values);
      this.values = longer;
    }
    this.values[this.length++] = value;
  }
}

const mostNumber = Number(mostWhole);
/** A whole number, and its digits. */
const wholeDigits = /^\s*[+-]?(\d+)\s*$/;

/** Whether a digit follows a zero at the beginning of a number, or a sign stands there. */
function mayLeadZero(text: string): boolean {
  const begins = text.charCodeAt(0);
  if (begins > 48) return false;
  const second = text.charCodeAt(1);
  return begins < 48 || (second > 47 && second < 58);
}

/** Whether a text that JavaScript takes for a finite number is one of ours, at first sight: no 0x10, no spaces. */
function isOrdinary(text: string): boolean {
  const begins = text.charCodeAt(0);
  const second = text.charCodeAt(1);
  // "+" to "9" without the slash; then no letter but the exponent's.
  return begins > 32 && begins < 58 && !(second > 64 && second !== 69 && second !== 101);
}

function widthFault({ line, cells }: CsvRecord, width: number): TableFault {
  return {
    row: null,
    column: null,
    at: `line ${line}`,
    must: `every line must have ${width} cells like the header`,
    got: String(cells.length),
    mend: widthMend,
  };
}

/** The fault of a cell that should hold a number. */
function notANumber(row: number, column: string, text: string, unit: string): TableFault {
  const inUnit = unit === "" || unit === "1" ? "" : ` in ${unit}, without the unit`;
  const hasMark = numberForm(text) !== "text";
  return {
    row,
    column,
    at: `row ${row}, column ${column}`,
    must: "must be a finite number",
    got: quoted(text),
    mend: hasMark
      ? "write it with the decimal mark of the other numbers"
      : `write the value${inUnit}, or leave the cell empty`,
  };
}

function preventedNote(survey: Survey, wrong: NumberForm): string {
  const { numbers, texts, odd, first } = survey;
  const other = first[wrong];
  const inexact = texts === 0 && other === undefined ? survey.inexact() : undefined;
  if (inexact !== undefined) return inexact;
  const cells = texts > 0 || other === undefined ? odd : [other];
  const named = cells.map(({ row, text }) => `row ${row} ${quoted(text)}`).join(", ");
  const rest = texts > cells.length ? ` and ${texts - cells.length} more` : "";
  const why = texts === 0 ? "another decimal mark in" : `${numbers} of ${numbers + texts} cells are numbers, but not`;
  const mend = `write them as such, or leave the cells empty (or ${missingWords.slice(1).join(", ")})`;
  return `column ${cells[0].column} is read as text: ${why} ${named}${rest}; if it should hold numbers, ${mend}`;
}

function quoted(text: string): string {
  return `"${text.length > 40 ? `${text.slice(0, 40)}…` : text}"`;
}
