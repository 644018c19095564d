import { missingWords, parseNumber } from "../../../core/parseNumber.js";
import type { Schema } from "../../../core/Schema.js";
import type { Column } from "../../../core/Table.js";
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
const mostNotes = 5;

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
  const first = header.map((column, i) =>
    fields[i]?.kind === "category" ? textFiller(fields[i].levels) : new Survey(column, fields[i] === undefined),
  );
  const numRows = await fill(first, file.rows(onFault && ((record) => onFault(widthFault(record, header.length)))));
  const surveys = first.map((filler) => (filler instanceof Survey ? filler : undefined));
  const numeric = surveys.flatMap((survey, i) =>
    survey !== undefined && (fields[i] !== undefined || survey.numbers > survey.texts) ? [survey] : [],
  );
  const { mark, unusual } = numberStyle(numeric, { separator, wanted: csv.decimalMark, where });
  const wrong: NumberForm = mark === "." ? "comma" : "point";
  const isText = (survey: Survey): boolean =>
    survey.isStranger && (survey.numbers === 0 || survey.texts > 0 || survey.first[wrong] !== undefined);
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
  const prevented = numeric.filter((survey) => isText(survey));
  for (const survey of prevented.slice(0, mostNotes)) onNote(preventedNote(survey, wrong));
  if (prevented.length > mostNotes) onNote(`and ${prevented.length - mostNotes} more columns like these`);
  const columns = header.map((name, i): [string, Column] => [name, (second[i] ?? first[i]).finish()]);
  return { columns: Object.fromEntries(columns), schema, numRows };
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
    if (this.first.point === undefined && text.includes(".")) this.addForm(numberForm(text), text, row);
    this.push(value);
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
      this.addForm(form, text, row);
    }
    this.push(parseNumber(text) ?? Number.NaN);
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

function preventedNote({ numbers, texts, odd, first }: Survey, wrong: NumberForm): string {
  const other = first[wrong];
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
