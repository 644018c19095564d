import type { CellRange, Sheet, Workbook, WorkbookCell } from "@e965/xlsx";
import { InputError } from "../../../core/InputError.js";
import { readBytes } from "../../readText.js";
import type { Cell, CellRecord, CellSource } from "../cells/CellSource.js";
import { inOnePiece } from "../cells/inOnePiece.js";
import { headerOf, lookAtTable, mostAbove, type TextRecord } from "../cells/lookAtTable.js";
import { faultError, type TableFault } from "../TableFault.js";
import { checkLimits, type TableLimits } from "../tableLimits.js";
import { checkArchive } from "./checkArchive.js";
import { formatKind, serialTime } from "./serialTime.js";

export interface OpenWorkbookOptions {
  /** Name of the sheet; may be left out where only one has cells and is shown. */
  readonly sheet?: string;
  /** Row of the sheet with the header, counted from 1; found where left out. */
  readonly headerLine?: number;
  readonly limits?: TableLimits;
  readonly onNote: (note: string) => void;
  /** Takes what cannot be read, which is missing then; where left out, the first fault is thrown. */
  readonly onFault?: (fault: TableFault) => void;
}

/** Rows that are looked at to find the header. */
const mostLooked = 200;

/**
 * The table on a sheet of an Excel workbook: numbers as numbers, days and times as texts, formulas by the values that
 * were saved with them. Empty rows and columns around it, a title above the header and units below it are told from it.
 * Percentages are shares (50 % is 0.5) unless the header or the units say %. A value in merged cells stands in every
 * row that they span; elapsed times are seconds.
 *
 * @throws InputError if the file is no workbook, the sheet is not known, or a cell holds an error, a formula without a
 *   value or a date that is none (cell named as in A1)
 */
export async function openWorkbook(
  path: string,
  where: string,
  { sheet: wanted, headerLine, limits, onNote, onFault }: OpenWorkbookOptions,
): Promise<CellSource & { readonly where: string }> {
  const workbook = await readWorkbook(path, where);
  const name = sheetName(workbook, wanted, where);
  const here = workbook.SheetNames.length === 1 ? where : `${where}, sheet ${name}`;
  const refuse =
    onFault ??
    ((fault: TableFault): never => {
      throw faultError(here, fault);
    });
  const sheet = workbook.Sheets[name];
  const { rows, columns } = usedCells(sheet);
  if (rows === null)
    throw new InputError({ where: here, must: "must hold a table", got: "an empty sheet", mend: "name another one" });
  checkLimits({ rows: rows.last - rows.first + 1, columns: columns.length }, here, limits);
  const is1904 = workbook.Workbook?.WBProps?.date1904 === true;
  const cellAt = (row: number, column: number): WorkbookCell | undefined => sheet["!data"]?.[row]?.[column];
  const textAt = (row: number, column: number): string => shownText(cellAt(row, column), is1904);
  const first = headerLine === undefined ? rows.first : headerLine - 1;
  const looked = Array.from({ length: Math.min(rows.last - first + 1, mostLooked + mostAbove) }, (_, i): TextRecord => {
    const cells = columns.map((column) => textAt(first + i, column));
    return { line: first + i + 1, cells, isQuoted: false };
  });
  const look = lookAtTable(
    looked.filter(({ cells }) => cells.some((cell) => cell.trim() !== "")),
    headerLine !== undefined,
  );
  const header = headerOf(look, here, headerLine !== undefined);
  const body = look.units?.line ?? header.line;
  const merges = mergedCells(sheet["!merges"] ?? [], rows.last);
  const named = columns
    .map((column, i) => {
      const merged = merges.find(({ range }) => isInside(range, header.line - 1, column))?.range.s;
      const name = merged === undefined ? header.cells[i] : textAt(merged.r, merged.c);
      return { column, name, unit: look.units?.units[i] ?? "" };
    })
    // A title or a note may stand beside the table: what has neither name nor value is none of its columns.
    .filter(({ column, name }) => name.trim() !== "" || hasCells(sheet, column, body, rows.last));
  const inBody = merges.filter(({ range }) => range.e.r >= body);
  const fillFrom = bodyFills(inBody, { named, body, cellAt, refuse });
  const convert = columnCells({ is1904, refuse, body });
  const records: CellRecord[] = [];
  for (let row = body; row <= rows.last; row++)
    records.push({
      line: row + 1,
      cells: named.map((column) => {
        const from = fillFrom.get(`${row},${column.column}`) ?? row;
        return convert.cell(cellAt(from, column.column), row, column);
      }),
    });
  [...mergeNotes(inBody, fillFrom.size), ...convert.notes()].forEach(onNote);
  const hidden = workbook.SheetNames.filter((_, i) => (workbook.Workbook?.Sheets?.[i]?.Hidden ?? 0) > 0);
  return {
    where: here,
    header: named.map((one) => one.name),
    separator: ",",
    unusual: [
      ...(workbook.SheetNames.length === 1 ? [] : [`sheet ${name}`]),
      ...(hidden.length === 0 || hidden.includes(name) ? [] : [`without hidden sheets (${hidden.join(", ")})`]),
      ...(header.line === 1 || headerLine !== undefined ? [] : [`header in line ${header.line}`]),
      ...(look.units === null ? [] : [`units in line ${look.units.line}`]),
    ],
    units: look.units === null ? null : named.map(({ unit }) => unit),
    rows: () => inOnePiece(records),
    cellName: (row, i) => cellName(body + row, named[i].column),
  };
}

async function readWorkbook(path: string, where: string): Promise<Workbook> {
  const bytes = await readBytes(path);
  checkArchive(bytes, where);
  const { read } = await import("@e965/xlsx");
  try {
    return read(bytes, { dense: true, cellNF: true, cellText: false, cellHTML: false, sheetStubs: true });
  } catch (error) {
    throw new InputError({
      where,
      must: "must be a whole Excel workbook (.xlsx)",
      got: (error as Error).message.split("\n")[0],
      mend: "it is damaged: write or download it again",
    });
  }
}

/** @throws InputError if the wanted sheet is not there, or none is wanted and not one alone has cells and is shown */
function sheetName({ SheetNames, Sheets, Workbook }: Workbook, wanted: string | undefined, where: string): string {
  const listed = SheetNames.map((name, i) => {
    const isHidden = (Workbook?.Sheets?.[i]?.Hidden ?? 0) > 0;
    const isEmpty = Sheets[name] === undefined || usedCells(Sheets[name]).rows === null;
    return { name, isHidden, isEmpty };
  });
  const words = listed.map(
    ({ name, isHidden, isEmpty }) => `${JSON.stringify(name)}${isHidden ? " (hidden)" : isEmpty ? " (empty)" : ""}`,
  );
  if (wanted !== undefined) {
    const found = listed.find(({ name }) => name === wanted);
    if (found !== undefined) return found.name;
    throw new InputError({
      where: `${where}, --sheet`,
      must: "must name a sheet of the workbook",
      got: JSON.stringify(wanted),
      mend: `choose one of ${words.join(", ")}`,
    });
  }
  const tables = listed.filter(({ isHidden, isEmpty }) => !isHidden && !isEmpty);
  if (tables.length === 1) return tables[0].name;
  throw new InputError({
    where,
    must: "must have one sheet with cells, or be told which to read",
    got: tables.length === 0 ? "none that is shown" : `${tables.length} sheets`,
    mend: `name one with --sheet: ${words.join(", ")}`,
  });
}

function isFilled(cell: WorkbookCell | undefined): cell is WorkbookCell {
  if (cell === undefined) return false;
  if (cell.t === "z") return cell.f !== undefined;
  return cell.t !== "s" || String(cell.v).trim() !== "";
}

/** Rows from the first to the last with a filled cell, and the columns that have one. */
function usedCells(sheet: Sheet): {
  readonly rows: { readonly first: number; readonly last: number } | null;
  readonly columns: readonly number[];
} {
  const columns = new Set<number>();
  let [first, last] = [-1, -1];
  (sheet["!data"] ?? []).forEach((cells, row) =>
    cells?.forEach((cell, column) => {
      if (!isFilled(cell)) return;
      if (first < 0) first = row;
      last = row;
      columns.add(column);
    }),
  );
  return { rows: first < 0 ? null : { first, last }, columns: [...columns].sort((a, b) => a - b) };
}

function hasCells(sheet: Sheet, column: number, first: number, last: number): boolean {
  for (let row = first; row <= last; row++) if (isFilled(sheet["!data"]?.[row]?.[column])) return true;
  return false;
}

/** Error cells by their codes. */
const errors: Readonly<Record<number, string>> = {
  0: "#NULL!",
  7: "#DIV/0!",
  15: "#VALUE!",
  23: "#REF!",
  29: "#NAME?",
  36: "#NUM!",
  42: "#N/A",
  43: "#GETTING_DATA",
};

function errorText({ v }: WorkbookCell): string {
  return typeof v === "number" ? (errors[v] ?? "#ERROR!") : String(v);
}

/** A cell as a header has it. */
function shownText(cell: WorkbookCell | undefined, is1904: boolean): string {
  if (cell?.v === undefined || cell.t === "z") return "";
  if (cell.t === "e") return errorText(cell);
  const kind = cell.t === "n" ? formatKind(cell.z) : "number";
  if (kind === "number" || kind === "percent" || kind === "elapsed") return String(cell.v);
  return serialTime(Number(cell.v), kind, is1904) ?? String(cell.v);
}

/** Letters and number of a cell, both counted from 0: "A1". */
function cellName(row: number, column: number): string {
  let letters = "";
  for (let left = column + 1; left > 0; left = Math.floor((left - 1) / 26))
    letters = String.fromCharCode(65 + ((left - 1) % 26)) + letters;
  return `${letters}${row + 1}`;
}

interface NamedColumn {
  readonly column: number;
  readonly name: string;
  readonly unit: string;
}

interface Merged {
  readonly range: CellRange;
  readonly words: string;
}

function mergedCells(ranges: readonly CellRange[], lastRow: number): readonly Merged[] {
  return ranges.map(({ s, e }) => ({
    range: { s, e: { r: Math.min(e.r, lastRow), c: e.c } },
    words: `${cellName(s.r, s.c)}:${cellName(e.r, e.c)}`,
  }));
}

function isInside({ s, e }: CellRange, row: number, column: number): boolean {
  return row >= s.r && row <= e.r && column >= s.c && column <= e.c;
}

interface BodyFills {
  readonly named: readonly NamedColumn[];
  /** First row of the values, counted from 0. */
  readonly body: number;
  readonly cellAt: (row: number, column: number) => WorkbookCell | undefined;
  readonly refuse: (fault: TableFault) => void;
}

/** The row whose value stands in a cell, for cells that are merged with one above: by "row,column". */
function bodyFills(merges: readonly Merged[], { named, body, cellAt, refuse }: BodyFills): ReadonlyMap<string, number> {
  const from = new Map<string, number>();
  for (const { range, words } of merges) {
    const { s, e } = range;
    const spanned = named.filter(({ column }) => column >= s.c && column <= e.c);
    if (!isFilled(cellAt(s.r, s.c)) || spanned.length === 0) continue;
    if (s.c !== e.c) {
      refuse({
        row: Math.max(s.r - body, 0) + 1,
        column: spanned.length === 1 ? spanned[0].name : null,
        at: `row ${Math.max(s.r - body, 0) + 1}, cells ${words}`,
        must: "merged cells must not span columns",
        got: `${e.c - s.c + 1} columns`,
        mend: "unmerge them, and write each value in its own cell",
      });
      continue;
    }
    for (let row = Math.max(s.r + 1, body); row <= e.r; row++) from.set(`${row},${s.c}`, s.r);
  }
  return from;
}

function mergeNotes(merges: readonly Merged[], filled: number): readonly string[] {
  const tall = merges.filter(({ range }) => range.s.c === range.e.c && range.e.r > range.s.r);
  if (tall.length === 0 || filled === 0) return [];
  const more = tall.length > 1 ? ` and ${tall.length - 1} more` : "";
  return [`merged cells ${tall[0].words}${more}: their value stands in each row that they span`];
}

interface ColumnCellsOptions {
  readonly is1904: boolean;
  readonly refuse: (fault: TableFault) => void;
  readonly body: number;
}

/** Makes cells of those of a workbook, and keeps what there is to tell of a column. */
function columnCells({ is1904, refuse, body }: ColumnCellsOptions): {
  readonly cell: (cell: WorkbookCell | undefined, row: number, column: NamedColumn) => Cell;
  readonly notes: () => readonly string[];
} {
  const percent = new Map<number, string>();
  const plain = new Map<number, string>();
  const told = new Map<string, string>();
  const fault = (
    { column, name }: NamedColumn,
    row: number,
    { must, got, mend }: Pick<TableFault, "must" | "got" | "mend">,
  ): "" => {
    const at = `row ${row - body + 1}, column ${name.trim()} (${cellName(row, column)})`;
    refuse({ row: row - body + 1, column: name.trim(), at, must, got, mend });
    return "";
  };
  const numberCell = (value: number, format: string | undefined, row: number, of: NamedColumn): Cell => {
    const kind = formatKind(format);
    if (kind === "number") {
      if (value !== 0) plain.set(of.column, plain.get(of.column) ?? cellName(row, of.column));
      return value;
    }
    if (kind === "percent") {
      percent.set(of.column, percent.get(of.column) ?? cellName(row, of.column));
      const isInPercent = of.unit === "%" || /%|percent/i.test(of.name);
      const shown = Number((100 * value).toPrecision(15));
      const read = isInPercent ? shown : value;
      const note = `column ${of.name.trim()}: ${cellName(row, of.column)} is shown as ${shown}% and read as ${read}`;
      if (!told.has(`${of.column},percent`)) told.set(`${of.column},percent`, note);
      return read;
    }
    if (kind === "elapsed") {
      const seconds = Math.round(value * 86_400_000) / 1000;
      const example = `${cellName(row, of.column)} as ${seconds}`;
      const note = `column ${of.name.trim()}: elapsed time is read in seconds, ${example}`;
      if (!told.has(`${of.column},elapsed`)) told.set(`${of.column},elapsed`, note);
      return seconds;
    }
    return (
      serialTime(value, kind, is1904) ??
      fault(of, row, {
        must: "must be a date of the calendar",
        got: `${value} in the format ${format ?? ""}`,
        mend: "write the date, or give the cell the format of a number",
      })
    );
  };
  return {
    cell(cell, row, of) {
      if (!isFilled(cell)) return "";
      switch (cell.t) {
        case "n":
          return numberCell(Number(cell.v), cell.z, row, of);
        case "b":
          return String(cell.v);
        case "e": {
          const got = errorText(cell);
          if (got === "#N/A") return got;
          return fault(of, row, { must: "must hold a value", got, mend: "mend its formula, or empty the cell" });
        }
        case "z":
          return fault(of, row, {
            must: "must hold the value of its formula",
            got: `=${cell.f ?? ""} without one`,
            mend: "open the workbook in a spreadsheet program, and save it there",
          });
        default:
          return String(cell.v);
      }
    },
    notes() {
      for (const [column, shown] of percent) {
        const other = plain.get(column);
        if (other !== undefined)
          refuse({
            row: null,
            column: null,
            at: `cell ${other}`,
            must: `must be shown as a percentage like ${shown}, or ${shown} must not`,
            got: "a number in another format",
            mend: "give both cells one format",
          });
      }
      return [...told.values()];
    },
  };
}
