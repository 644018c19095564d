import { unitInName } from "../../../core/checkColumnNames.js";
import { InputError } from "../../../core/InputError.js";
import { isIdentifierName } from "../../../core/isIdentifierName.js";
import { missingWords, parseNumber } from "../../../core/parseNumber.js";
import { plainUnit } from "../../../core/plainUnit.js";
import type { RowNote } from "../../../core/RowNote.js";
import type { Field } from "../../../core/Schema.js";
import { type CategoryColumn, type Column, isCategory } from "../../../core/Table.js";
import { identifierNotes } from "../carriedAs.js";
import type { DecimalMark } from "../csv/CsvOptions.js";
import type { NamesOf, ReadColumns } from "../ReadColumns.js";
import { fieldOf } from "../ReadColumns.js";
import { faultError, type TableFault } from "../TableFault.js";
import { tellColumns } from "../tellColumns.js";
import type { CellRecord, CellSource } from "./CellSource.js";
import { type NumberForm, numberForm } from "./numberForm.js";
import { type CellPlace, numberStyle } from "./numberStyle.js";
import { placeOf } from "./placeOf.js";
import {
  countOdd,
  type Filler,
  numberFiller,
  oddColumnNotes,
  oddRowNotes,
  quoted,
  Survey,
  textFiller,
} from "./Survey.js";

export interface ReadCellsOptions {
  readonly decimalMark?: DecimalMark;
  readonly namesOf: NamesOf;
  /** Takes what a reader should know: how the file is written, what kept a column from being one of numbers. */
  readonly onNote: (note: string) => void;
  /** Takes every cell that was read as something else than it says. */
  readonly onRepair?: (note: RowNote) => void;
  /** Takes what cannot be read, which is missing then; where left out, the first fault is thrown. */
  readonly onFault?: (fault: TableFault) => void;
}

/**
 * The columns of a table of cells, however they are written. One pass reads texts, and numbers as we write them;
 * columns of which it turns out only then what they hold are filled in a second one.
 *
 * @throws InputError naming line, or row and column, what must hold and the mend
 */
export async function readCells(
  source: CellSource,
  where: string,
  { decimalMark, namesOf, onNote, onRepair, onFault }: ReadCellsOptions,
): Promise<ReadColumns> {
  const { separator } = source;
  const { names, schema } = namesOf(source.header);
  const refuse =
    onFault ??
    ((fault: TableFault): never => {
      throw faultError(where, fault);
    });
  const fields = names.map((name) => fieldOf(schema, name));
  source.units?.forEach((unit, i) => checkUnit(unit, names[i], fields[i], where));
  const first = names.map((column, i) => {
    if (fields[i]?.kind === "category") return textFiller(fields[i].levels);
    const isStranger = fields[i] === undefined;
    return isStranger && isIdentifierName(column) ? textFiller() : new Survey(placeOf(source, column, i), isStranger);
  });
  const numRows = await fill(first, source.rows(onFault && ((record) => onFault(widthFault(record, names.length)))));
  const surveys = first.map((filler) => (filler instanceof Survey ? filler : undefined));
  const numeric = surveys.flatMap((survey, i) =>
    survey !== undefined && (fields[i] !== undefined || survey.numbers > survey.texts) ? [survey] : [],
  );
  const { mark, unusual } = numberStyle(numeric, { separator, wanted: decimalMark, where });
  const wrong: NumberForm = mark === "." ? "comma" : "point";
  const isText = (survey: Survey): boolean =>
    survey.isStranger &&
    (survey.numbers === 0 || survey.texts > 0 || survey.first[wrong] !== undefined || survey.inexact() !== undefined);
  const second = surveys.map((survey, i) => {
    if (survey === undefined || survey.isSettled(isText(survey), mark)) return undefined;
    if (isText(survey)) return textFiller();
    return numberFiller(numRows, mark, (row, text) =>
      refuse(notANumber(placeOf(source, names[i], i)(row, text), fields[i]?.unit ?? "")),
    );
  });
  if (second.some((filler) => filler !== undefined))
    await fill(
      second.map((filler) => filler ?? ignored),
      source.rows(() => undefined),
    );
  const all = [...source.unusual, ...unusual];
  if (all.length > 0) onNote(`read as: ${all.join(", ")}`);
  const columns = names.map((name, i): [string, Column] => {
    const column = (second[i] ?? first[i]).finish();
    return [name, surveys[i]?.isStranger && isCategory(column) ? (booleans(column) ?? column) : column];
  });
  const oddOf = (i: number): Filler["odd"] => {
    const survey = surveys[i];
    return survey === undefined || isText(survey) ? undefined : (second[i] ?? survey).odd;
  };
  const notes = columns.flatMap(([name, column], i): readonly string[] => {
    const survey = surveys[i];
    if (survey === undefined)
      return fields[i] === undefined && isCategory(column) && isNumeric(column) ? identifierNotes(column, name) : [];
    if (isText(survey)) return numeric.includes(survey) ? [preventedNote(survey, wrong)] : [];
    return oddColumnNotes(name, countOdd(oddOf(i) ?? []));
  });
  tellColumns(notes, onNote);
  if (onRepair !== undefined) names.forEach((name, i) => oddRowNotes(name, oddOf(i) ?? []).forEach(onRepair));
  const units = Object.fromEntries(
    (source.units ?? []).flatMap((unit, i) => (unit === "" ? [] : [[names[i], unit] as const])),
  );
  return { columns: Object.fromEntries(columns), schema, numRows, units };
}

/** @throws InputError if the row of units names another unit than the schema wants */
export function checkUnit(unit: string, name: string, field: Field | undefined, where: string): void {
  if (unit === "" || field?.kind !== "number" || field.unit === "") return;
  const [got, wanted] = [plainUnit(unit), plainUnit(field.unit) ?? field.unit];
  if (got === wanted) return;
  throw new InputError({
    where: `${where}, column ${name}`,
    must: wanted === "1" ? "must have no unit" : `must be in ${field.unit}`,
    got: `${unit} in the row of units`,
    mend: unitInName(name) === undefined ? "convert the column" : "convert the column, or rename it after its unit",
  });
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

/** Gives every cell to the filler of its column, and counts the rows. */
async function fill(fillers: readonly Filler[], rows: AsyncIterable<readonly CellRecord[]>): Promise<number> {
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

/** The fault of a line with too many or too few cells. */
export function widthFault({ line, cells }: CellRecord, width: number): TableFault {
  return {
    row: null,
    column: null,
    at: `line ${line}`,
    must: `every line must have ${width} cells like the header`,
    got: String(cells.length),
    mend: "mend the line; a cell that holds the separator needs quotes",
  };
}

/** Two numbers with a dash or "to" between them. */
const range = /^\s*[\d.,]+\s*(?:-|–|—|to|\.\.\.?|…)\s*[\d.,]+\s*$/;

/** The fault of a cell that should hold a number. */
export function notANumber({ row, column, text, at }: CellPlace, unit: string): TableFault {
  const inUnit = unit === "" || unit === "1" ? "" : ` in ${unit}, without the unit`;
  const hasMark = numberForm(text) !== "text";
  return {
    row,
    column,
    at,
    must: "must be a finite number",
    got: quoted(text),
    mend: hasMark
      ? "write it with the decimal mark of the other numbers"
      : range.test(text)
        ? "a range is no number: write the value that was used, or leave the cell empty"
        : `write the value${inUnit}, or leave the cell empty`,
  };
}

function preventedNote(survey: Survey, wrong: NumberForm): string {
  const { numbers, texts, strange, first } = survey;
  const other = first[wrong];
  const inexact = texts === 0 && other === undefined ? survey.inexact() : undefined;
  if (inexact !== undefined) return inexact;
  const cells = texts > 0 || other === undefined ? strange : [other];
  const named = cells.map(({ row, text }) => `row ${row} ${quoted(text)}`).join(", ");
  const rest = texts > cells.length ? ` and ${texts - cells.length} more` : "";
  const why = texts === 0 ? "another decimal mark in" : `${numbers} of ${numbers + texts} cells are numbers, but not`;
  const mend = `write them as such, or leave the cells empty (or ${missingWords.slice(1).join(", ")})`;
  return `column ${cells[0].column} is read as text: ${why} ${named}${rest}; if it should hold numbers, ${mend}`;
}
