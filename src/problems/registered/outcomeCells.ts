import { InputError } from "../../core/InputError.js";
import { parseNumber } from "../../core/parseNumber.js";
import type { RawTable } from "../../core/RawTable.js";
import { shortText } from "../../core/shortText.js";

/** In which unit a number is wanted, and between which ends one can lie: outside, it is in another. */
export interface CellUnit {
  readonly unit: string;
  readonly least: number;
  readonly most: number;
}

/** Cells of a file of outcomes by row and column; a column that is not there is empty. */
export interface OutcomeCells {
  readonly has: (column: string) => boolean;
  readonly text: (row: number, column: string) => string;
  /** @throws InputError if it is no number of that unit */
  readonly number: (row: number, column: string, unit: CellUnit) => number | null;
  /** 1 (or yes), 0 (or no), or null. @throws InputError if it is another */
  readonly yesOrNo: (row: number, column: string) => number | null;
  readonly refuse: (row: number, column: string, must: string, mend: string) => InputError;
}

/** Reads outcomes strictly: one that cannot be true refuses the file, since what is scored stays in a ledger. */
export function outcomeCells(raw: RawTable): OutcomeCells {
  const has = (column: string): boolean => Object.hasOwn(raw.columns, column);
  const text = (row: number, column: string): string => (has(column) ? (raw.columns[column][row] ?? "").trim() : "");
  const refuse = (row: number, column: string, must: string, mend: string): InputError =>
    new InputError({
      where: `${raw.where}, row ${row + 1}, column ${column}`,
      must,
      got: `"${shortText(text(row, column))}"`,
      mend,
    });
  const number = (row: number, column: string, { unit, least, most }: CellUnit): number | null => {
    const value = parseNumber(text(row, column));
    if (value !== undefined && Number.isNaN(value)) return null;
    if (value !== undefined && value >= least && value <= most) return value;
    throw refuse(
      row,
      column,
      `must be ${unit === "1" ? "a share" : `in ${unit}`}, from ${least} to ${most}`,
      "write the whole column in one unit, and leave the cell empty where nothing was measured",
    );
  };
  const yesOrNo = (row: number, column: string): number | null => {
    const word = text(row, column).toLowerCase();
    if (word === "yes" || word === "no") return Number(word === "yes");
    const value = parseNumber(word);
    if (value === 0 || value === 1) return value;
    if (value !== undefined && Number.isNaN(value)) return null;
    throw refuse(row, column, "must be 1 or yes, or 0 or no", "correct it, or leave the cell empty");
  };
  return { has, text, number, yesOrNo, refuse };
}

/** The text of a whole number however it was written: "320", "320.0"; any other text as it is. */
export function wholeName(text: string): string {
  const value = parseNumber(text);
  return value !== undefined && Number.isInteger(value) ? String(value) : text;
}
