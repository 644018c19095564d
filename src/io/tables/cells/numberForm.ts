import { missingWords, numberPattern, parseNumber } from "../../../core/parseNumber.js";
import type { DecimalMark } from "../csv/CsvOptions.js";

/**
 * How a cell is written, as far as it says what a point and a comma are:
 * `missing`; `text`; `bare`, a number with neither; `point` and `comma`, where that mark must be the decimal one;
 * `pointOrGroups` ("1.234") and `commaOrGroups` ("1,000"), which may stand for thousands too; `groups` ("3 600"),
 * which can only be thousands, with neither point nor comma.
 */
export type NumberForm = "missing" | "text" | "bare" | "point" | "comma" | "pointOrGroups" | "commaOrGroups" | "groups";

const plain = new RegExp(`^${numberPattern}$`);
const exponent = "(?:[eE][+-]?\\d+)?";
/** Spaces of every width and apostrophes, as spreadsheets group digits. */
const spaces = "[ \\u00A0\\u2009\\u202F'\\u2019]";
const commaDecimal = new RegExp(`^[+-]?(?:\\d+,\\d*|,\\d+)${exponent}$`);
const commaGroups = new RegExp(`^[+-]?[1-9]\\d{0,2}(?:,\\d{3})+(?:\\.\\d*)?${exponent}$`);
const pointGroups = new RegExp(`^[+-]?[1-9]\\d{0,2}(?:\\.\\d{3})+(?:,\\d*)?${exponent}$`);
const spaceGroups = new RegExp(`^[+-]?[1-9]\\d{0,2}(?:${spaces}\\d{3})+(?:[.,]\\d*)?${exponent}$`);
const oneGroup = /^[+-]?[1-9]\d{0,2}[.,]\d{3}$/;
const allSpaces = new RegExp(spaces, "g");

/** @param text  of a cell, with or without space around it */
export function numberForm(text: string): NumberForm {
  if (plain.test(text)) return pointForm(text);
  const bare = text.trim();
  if (missingWords.includes(bare.toLowerCase())) return "missing";
  if (plain.test(bare)) return pointForm(bare);
  // Every other form has a mark among digits.
  if (!/^[+-]?[\d,]/.test(bare)) return "text";
  if (commaDecimal.test(bare)) return oneGroup.test(bare) ? "commaOrGroups" : "comma";
  if (commaGroups.test(bare)) return "point";
  if (pointGroups.test(bare)) return "comma";
  if (spaceGroups.test(bare)) return bare.includes(",") ? "comma" : bare.includes(".") ? "point" : "groups";
  return "text";
}

function pointForm(text: string): NumberForm {
  if ((text.length > 300 || /[eE]/.test(text)) && !Number.isFinite(Number(text))) return "text";
  return !text.includes(".") ? "bare" : oneGroup.test(text) ? "pointOrGroups" : "point";
}

/**
 * The number in a cell, read with a decimal mark: thousands may stand apart by the other mark, by spaces or by
 * apostrophes. NaN for a missing one, undefined for what is no finite number in this writing.
 */
export function markedNumber(text: string, mark: DecimalMark): number | undefined {
  const bare = text.trim();
  if (mark === "." ? commaGroups.test(bare) : pointGroups.test(bare))
    return parseNumber(mark === "." ? bare.replaceAll(",", "") : bare.replaceAll(".", "").replace(",", "."));
  if (spaceGroups.test(bare) && !bare.includes(mark === "." ? "," : "."))
    return parseNumber(bare.replaceAll(allSpaces, "").replace(",", "."));
  if (mark === ",") {
    // A point that groups nothing is no decimal mark here.
    if (plain.test(bare) && bare.includes(".")) return undefined;
    if (commaDecimal.test(bare)) return parseNumber(bare.replace(",", "."));
  }
  return parseNumber(bare);
}
