import type { ReagentList } from "../../chemistry/reagentList.js";
import { quantityOf } from "../../chemistry/units.js";
import { isCategory, type Table } from "../../core/Table.js";
import { cellNumber } from "./cellNumber.js";
import { type HeaderParts, headerParts } from "./headerParts.js";
import { type HeaderReagent, headerReagent } from "./headerReagent.js";
import { headerWords } from "./headerWords.js";
import { longestHeader } from "./longestHeader.js";

/** A header with what stands beneath it. */
export interface ReadHeader {
  readonly header: string;
  readonly parts: HeaderParts;
  readonly words: readonly string[];
  /** The reagent, ion or liquid that it names. */
  readonly named: HeaderReagent | null;
  /** Numbers as they stand, without missing ones. */
  readonly numbers: readonly number[];
  /** Different texts, without missing ones. */
  readonly texts: readonly string[];
  /** Whether every row has a value of its own. */
  readonly isDistinct: boolean;
}

/** Takes a header of a table apart, with the unit that stands in it or in a row below it. */
export function readHeader(table: Table, header: string, list: ReagentList): ReadHeader {
  const isLong = header.length > longestHeader;
  const read = isLong ? { ...headerParts(header.slice(-longestHeader)), text: "" } : headerParts(header);
  const written = table.schema[header].unit;
  // The schema's unit is that of a row of units below the header, or of the end of the name, which has been read.
  const fromRow = written !== "" && written !== "1" && quantityOf(written) !== undefined ? written : undefined;
  const parts = read.unit === undefined && fromRow !== undefined ? { ...read, unit: fromRow, isMarked: true } : read;
  const words = wordsOf(parts);
  const named = headerReagent(parts.text, list);
  const column = table.columns[header];
  if (!isCategory(column)) {
    const isDistinct = new Set(column).size === column.length;
    return { header, parts, words, named, numbers: [...column].filter(Number.isFinite), texts: [], isDistinct };
  }
  const used = new Set(column.codes);
  const texts = column.levels.filter((level, code) => level !== "" && used.has(code));
  const numbers = texts.map((text) => cellNumber(text, parts.unit ?? "1")?.value ?? Number.NaN);
  const isNumeric = numbers.length > 0 && numbers.filter(Number.isFinite).length * 2 >= texts.length;
  const isDistinct = used.size === table.numRows;
  return { header, parts, words, named, numbers: isNumeric ? numbers.filter(Number.isFinite) : [], texts, isDistinct };
}

/** T is a temperature and t a time, unless the unit says the other. */
function wordsOf({ text, unit }: HeaderParts): readonly string[] {
  const quantity = unit === undefined ? undefined : quantityOf(unit);
  if (quantity !== "time" && quantity !== "temperature") return headerWords(text);
  return headerWords(text.replaceAll(/(?<![\p{L}\d])t(?![\p{L}\d])/giu, quantity));
}
