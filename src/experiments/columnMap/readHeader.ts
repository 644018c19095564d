import { quantityOf } from "../../chemistry/units.js";
import { isCategory, type Table } from "../../core/Table.js";
import { cellNumber } from "./cellNumber.js";
import { type HeaderParts, headerParts } from "./headerParts.js";
import { headerWords } from "./headerWords.js";

/** A header with what stands beneath it. */
export interface ReadHeader {
  readonly header: string;
  readonly parts: HeaderParts;
  readonly words: readonly string[];
  /** Numbers as they stand, without missing ones. */
  readonly numbers: readonly number[];
  /** Different texts, without missing ones. */
  readonly texts: readonly string[];
}

/** A longer text is no header; of it only the unit at its end is looked for. */
export const longestHeader = 200;

/** Takes a header of a table apart, with the unit that stands in it or in a row below it. */
export function readHeader(table: Table, header: string): ReadHeader {
  const isLong = header.length > longestHeader;
  const read = isLong ? { ...headerParts(header.slice(-longestHeader)), text: "" } : headerParts(header);
  const written = table.schema[header].unit;
  // The schema's unit is that of a row of units below the header, or of the end of the name, which has been read.
  const fromRow = written !== "" && written !== "1" && quantityOf(written) !== undefined ? written : undefined;
  const parts = read.unit === undefined && fromRow !== undefined ? { ...read, unit: fromRow, isMarked: true } : read;
  const words = headerWords(parts.text);
  const column = table.columns[header];
  if (!isCategory(column)) return { header, parts, words, numbers: [...column].filter(Number.isFinite), texts: [] };
  const used = new Set(column.codes);
  const texts = column.levels.filter((level, code) => level !== "" && used.has(code));
  const numbers = texts.map((text) => cellNumber(text, parts.unit ?? "1")?.value ?? Number.NaN);
  const isNumeric = numbers.length > 0 && numbers.filter(Number.isFinite).length * 2 >= texts.length;
  return { header, parts, words, numbers: isNumeric ? numbers.filter(Number.isFinite) : [], texts };
}
