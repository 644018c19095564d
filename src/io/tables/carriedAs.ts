import { InputError } from "../../core/InputError.js";
import { isIdentifierName } from "../../core/isIdentifierName.js";
import type { Field } from "../../core/Schema.js";
import type { CategoryColumn } from "../../core/Table.js";
import { checkKind } from "./ReadColumns.js";

/** What a column of a typed file holds; "nothing" where all its values are missing by its type. */
export type Held = "number" | "boolean" | "text" | "nothing";

/** Whole numbers above it share their Float64 with a neighbour. */
export const mostWhole: bigint = 2n ** 53n;

/**
 * Whether a column of a typed file becomes numbers or texts: what its field says, else texts of texts and of what names
 * things (`isIdentifierName`), numbers of numbers and of booleans, which are 1 and 0.
 *
 * @param type  of the column in words, for messages
 * @throws InputError if texts or booleans stand where the field wants numbers
 */
export function carriedAs(
  held: Held,
  {
    name,
    field,
    where,
    type,
  }: { readonly name: string; readonly field: Field | undefined; readonly where: string; readonly type: string },
): "number" | "text" {
  if (field === undefined) return held === "text" || held === "nothing" || isIdentifierName(name) ? "text" : "number";
  if (field.kind === "category") return "text";
  if (held !== "nothing") checkKind(held === "number", field, `${where}, column ${name}`, type);
  return "number";
}

/** Numbers, texts, booleans and times are what a table holds. */
export function notHeld(where: string, name: string, type: string): InputError {
  return new InputError({
    where: `${where}, column ${name}`,
    must: "must hold numbers or texts",
    got: type,
    mend: "drop or flatten the column",
  });
}

/** @param digits  that fit no column of numbers */
export function tooManyDigits(where: string, name: string, digits: number): InputError {
  return new InputError({
    where: `${where}, column ${name}`,
    must: "must hold decimals of at most 38 digits",
    got: `a type of ${digits}`,
    mend: "write the column as texts or as floating-point numbers",
  });
}

/** A day of a year of four digits, of our era, with or without a time. */
const isNear = /^\d{4}-\d{2}-\d{2}(?: [\d:.]+Z?)?$/;

/** @throws InputError if a column of times holds one that four digits for the year do not write */
export function checkTimes({ codes, levels }: CategoryColumn, where: string, name: string): void {
  const far = levels.findIndex((level) => level !== "" && !isNear.test(level));
  if (far < 0) return;
  throw new InputError({
    where: `${where}, row ${codes.indexOf(far) + 1}, column ${name}`,
    must: "must lie in the years 1 to 9999",
    got: levels[far],
    mend: "write the day, or leave it missing",
  });
}

/** Says of a column of numbers that names things that its values are texts; nothing where all are missing. */
export function identifierNotes({ codes, levels }: CategoryColumn, name: string): readonly string[] {
  const row = codes.findIndex((code: number) => levels[code] !== "");
  return row < 0 ? [] : [`column ${name} is read as text, as names are: row ${row + 1} holds ${levels[codes[row]]}`];
}

/** Says of a column of whole numbers that it holds one that no number carries. */
export function inexactNote(name: string, row: number, text: string): string {
  return `column ${name} is read as text: row ${row + 1} holds ${text}, and whole numbers above 2^53 are not exact`;
}

/** A number as a text of a category. */
export function numberText(value: number, isSingle: boolean): string {
  if (!isSingle) return String(value);
  for (let digits = 1; digits < 9; digits++) {
    const text = String(Number(value.toPrecision(digits)));
    if (Math.fround(Number(text)) === value) return text;
  }
  return String(Number(value.toPrecision(9)));
}
