import { parseNumber } from "../../../core/parseNumber.js";
import { shortText } from "../../../core/shortText.js";
import type { RowNote } from "../../../core/RowNote.js";
import type { Column } from "../../../core/Table.js";
import { inexactNote, mostWhole } from "../carriedAs.js";
import { type CategoryBuilder, categoryBuilder } from "../categoryBuilder.js";
import type { Cell } from "./CellSource.js";
import { markedNumber, type NumberForm, numberForm } from "./numberForm.js";
import type { CellPlace, ColumnForms } from "./numberStyle.js";
import { type OddCell, oddCell, oddityWords, type Oddity } from "./oddCell.js";

/** Takes the cells of one column from top to bottom. */
export interface Filler {
  add(cell: Cell, row: number): void;
  finish(): Column;
  /** Of a column of numbers the cells that were read as something else than they say. */
  readonly odd?: readonly OddRow[];
}

/** An odd cell, and the number that it was read as. */
export interface OddRow extends OddCell {
  /** Counted from 0. */
  readonly row: number;
  readonly text: string;
  readonly value: number;
}

/** What was made of the odd cells of a column. */
export function oddRowNotes(column: string, odd: readonly OddRow[]): readonly RowNote[] {
  return odd.map(({ row, text, oddity, value }) => {
    const { made, why } = oddityWords[oddity];
    return { row: row + 1, column, came: text.trim(), made: Number.isNaN(value) ? made : String(value), why };
  });
}

/** Odd cells of a column by kind: how many, and the first. */
export type OddCounts = Map<Oddity, { count: number; readonly first: OddRow }>;

/** Adds odd cells to those that were counted before. */
export function countOdd(odd: readonly OddRow[], kinds: OddCounts = new Map()): OddCounts {
  for (const one of odd) {
    const kind = kinds.get(one.oddity);
    if (kind === undefined) kinds.set(one.oddity, { count: 1, first: one });
    else kind.count++;
  }
  return kinds;
}

/** In words for a whole column: how many there are of each kind, with the first. */
export function oddColumnNotes(column: string, kinds: OddCounts): readonly string[] {
  return Array.from(kinds, ([oddity, { count, first }]) => {
    const { row, text, value } = first;
    const cells = `${count} ${count === 1 ? "cell" : "cells"}`;
    const read = Number.isNaN(value) ? "missing" : `read as ${value}`;
    const such = `${cells} such as ${quoted(text.trim())} (row ${row + 1}, ${read})`;
    return `column ${column}: ${such}: ${oddityWords[oddity].why}`;
  });
}

/** A filler of texts; levels come first and keep their codes. */
export function textFiller(levels?: readonly string[]): Filler {
  const builder = categoryBuilder(levels);
  return {
    add: (cell) => builder.add(typeof cell === "string" ? cell : String(cell)),
    finish: () => builder.finish(),
  };
}

/** A filler of numbers, once it is known what a comma is. @param onText  takes what is none */
export function numberFiller(
  numRows: number,
  mark: "." | ",",
  onText: (row: number, text: string) => void,
): Filler & { readonly odd: readonly OddRow[] } {
  const values = new Float64Array(numRows);
  const odd: OddRow[] = [];
  return {
    odd,
    add(cell, row) {
      if (typeof cell === "number") {
        if (!Number.isFinite(cell)) onText(row, String(cell));
        values[row] = Number.isFinite(cell) ? cell : Number.NaN;
        return;
      }
      let value = markedNumber(cell, mark);
      if (value === undefined) {
        const found = oddCell(cell);
        value = found === undefined ? undefined : markedNumber(found.number, mark);
        if (found === undefined || value === undefined) onText(row, cell);
        else odd.push({ ...found, row, text: cell, value });
      }
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
export class Survey implements ColumnForms, Filler {
  numbers = 0;
  texts = 0;
  readonly first: Partial<Record<NumberForm, CellPlace>> = {};
  readonly strange: CellPlace[] = [];
  readonly odd: OddRow[] = [];
  /** Whether no schema says what it holds. */
  readonly isStranger: boolean;
  private readonly placeOf: (row: number, text: string) => CellPlace;
  private readonly onText: ((row: number, text: string) => void) | undefined;
  private leadingZero: CellPlace | undefined;
  private aboveMost: CellPlace | undefined;
  private values = new Float64Array(64);
  private length = 0;
  /** Whether every number is written as we write them. */
  private isPlain = true;
  /** Whether there are decimals among numbers that came as such. */
  private hasDecimals = false;
  private builder: CategoryBuilder | undefined;

  /**
   * @param placeOf  names a cell of the column, by its row from 0
   * @param onText   takes what is no number however it may be read, so that no second pass need look for it
   */
  constructor(
    placeOf: (row: number, text: string) => CellPlace,
    isStranger: boolean,
    onText?: (row: number, text: string) => void,
  ) {
    this.placeOf = placeOf;
    this.isStranger = isStranger;
    this.onText = onText;
  }

  add(cell: Cell, row: number): void {
    if (typeof cell === "number") return this.addNumber(cell, row);
    this.builder?.add(cell);
    const value = Number(cell);
    if (value - value !== 0 || !isOrdinary(cell)) return this.addOther(cell, row);
    this.numbers++;
    // Looked at from 2^53 on, and where a zero begins a number of several letters.
    if (!(value < mostNumber && value > -mostNumber) || (cell.length > 1 && mayLeadZero(cell)))
      this.addInexact(cell, row);
    if (this.first.point === undefined && cell.includes(".")) this.addForm(numberForm(cell), cell, row);
    this.push(value);
  }

  /** Why its numbers must stay texts: one that begins with a zero, or is whole and above 2^53; else undefined. */
  inexact(): string | undefined {
    if (this.leadingZero !== undefined) {
      const { row, column, text } = this.leadingZero;
      return `column ${column} is read as text: row ${row} holds ${text.trim()}, which as a number is ${Number(text)}`;
    }
    const isWhole = !this.hasDecimals && this.first.point === undefined && this.first.pointOrGroups === undefined;
    if (!isWhole || this.aboveMost === undefined) return undefined;
    return inexactNote(this.aboveMost.column, this.aboveMost.row - 1, this.aboveMost.text.trim());
  }

  /** Whether the first pass has all it takes. */
  isSettled(isText: boolean, mark: "." | ","): boolean {
    return isText ? this.builder !== undefined : this.isPlain && mark === ".";
  }

  finish(): Column {
    return this.builder?.finish() ?? this.values.slice(0, this.length);
  }

  /** The numbers since the last ones that were taken, and the odd cells among them: they are then forgotten. */
  take(): { readonly values: Float64Array; readonly odd: readonly OddRow[] } {
    const taken = { values: this.values.slice(0, this.length), odd: this.odd.splice(0) };
    this.length = 0;
    return taken;
  }

  private addNumber(value: number, row: number): void {
    const text = String(value);
    this.builder?.add(text);
    if (!Number.isFinite(value)) return this.addText(text, row);
    this.numbers++;
    if (!Number.isInteger(value)) this.hasDecimals = true;
    else if (Math.abs(value) > mostNumber) this.addInexact(text, row);
    this.push(value);
  }

  /** Takes a text that JavaScript does not take for a number. */
  private addOther(text: string, row: number): void {
    const form = beginsAsText(text) ? "text" : numberForm(text);
    if (form === "text") {
      // In a column of texts they are texts like any other.
      const found = this.texts > 0 && this.isStranger ? undefined : oddCell(text);
      return found === undefined ? this.addText(text, row) : this.addOdd(found, text, row);
    }
    if (form !== "missing") {
      this.numbers++;
      this.addInexact(text, row);
      this.addForm(form, text, row);
    }
    this.push(parseNumber(text) ?? Number.NaN);
  }

  private addOdd(found: OddCell, text: string, row: number): void {
    if (found.number !== "") {
      this.numbers++;
      this.addForm(numberForm(found.number), found.number, row);
    }
    const value = parseNumber(found.number) ?? Number.NaN;
    this.odd.push({ ...found, row, text, value });
    this.push(value);
  }

  private addText(text: string, row: number): void {
    if (row === 0 && this.isStranger && this.onText === undefined) {
      this.builder = categoryBuilder();
      this.builder.add(text);
    }
    this.texts++;
    if (this.onText === undefined) this.isPlain = false;
    else this.onText(row, text);
    if (this.strange.length < mostOdd) this.strange.push(this.placeOf(row, text));
    this.push(Number.NaN);
  }

  private addInexact(text: string, row: number): void {
    const digits = wholeDigits.exec(text)?.[1];
    if (digits === undefined) return;
    if (digits.length > 1 && digits.startsWith("0")) this.leadingZero ??= this.placeOf(row, text);
    if (this.aboveMost === undefined && digits.length >= 16 && BigInt(digits) > mostWhole)
      this.aboveMost = this.placeOf(row, text);
  }

  private addForm(form: NumberForm, text: string, row: number): void {
    this.first[form] ??= this.placeOf(row, text);
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

/** Whether no number begins like a text, nor a word for a missing one: by a sign above "9" that is no "n". */
function beginsAsText(text: string): boolean {
  const begins = text.charCodeAt(0);
  return begins > 57 && begins < 127 && begins !== 78 && begins !== 110;
}

/** Whether a text that JavaScript takes for a finite number is one of ours, at first sight: no 0x10, no spaces. */
function isOrdinary(text: string): boolean {
  const begins = text.charCodeAt(0);
  const second = text.charCodeAt(1);
  // "+" to "9" without the slash; then no letter but the exponent's.
  return begins > 32 && begins < 58 && !(second > 64 && second !== 69 && second !== 101);
}

/** A text as a message names it. */
export function quoted(text: string): string {
  return `"${shortText(text, 40)}"`;
}
