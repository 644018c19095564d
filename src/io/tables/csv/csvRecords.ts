import { InputError } from "../../../core/InputError.js";
import { shortText } from "../../../core/shortText.js";
import type { TextRecord } from "../cells/lookAtTable.js";

/** One line of cells of a CSV; a quoted cell may make it several lines long. */
export type CsvRecord = TextRecord;

export interface RecordOptions {
  readonly separator: string;
  /** As messages name the file. */
  readonly where: string;
  /** Line of the file that the text begins with (default 1). */
  readonly firstLine?: number;
  /** Where set, the text is the beginning of a file, to be looked at: it ends before a quote that is out of place. */
  readonly isHead?: boolean;
  /** Which cells of a record become texts, by their place; the others are "" (default all). */
  readonly isWanted?: readonly boolean[];
}

/** V8 holds no longer text. */
const longestRecord = 1 << 28;

/**
 * Splits text into records by RFC 4180, with line ends of any kind, also mixed. Lines without a letter are left out.
 * A quote counts at the beginning of a cell; within one it is a letter.
 *
 * @param pieces  of the text, cut anywhere
 * @throws InputError with the line if a quote is never closed, or letters follow a closing quote
 */
export async function* csvRecords(
  pieces: AsyncIterable<string> | Iterable<string>,
  options: RecordOptions,
): AsyncGenerator<readonly CsvRecord[], void, undefined> {
  let rest = "";
  let line = options.firstLine ?? 1;
  let wanted = 0;
  for await (const piece of pieces) {
    rest = rest === "" ? piece : rest + piece;
    // A long record is looked at again only once twice as much of it is here: time grows as its length.
    if (rest.length < wanted) continue;
    const { records, end, nextLine } = split(rest, line, options, false);
    if (records.length > 0) yield records;
    rest = rest.slice(end);
    line = nextLine;
    wanted = 2 * rest.length;
    if (rest.length > longestRecord) throw openQuote(options.where, line);
  }
  const { records } = split(rest, line, options, true);
  if (records.length > 0) yield records;
}

const quote = 34;
const lineFeed = 10;
const carriageReturn = 13;

/** Whole records at the beginning of a text. */
function split(
  text: string,
  firstLine: number,
  { separator, where, isHead = false, isWanted }: RecordOptions,
  isEnd: boolean,
): { readonly records: readonly CsvRecord[]; readonly end: number; readonly nextLine: number } {
  const between = separator.charCodeAt(0);
  const { length } = text;
  const [nextBetween, nextFeed, nextReturn] = [separator, "\n", "\r"].map((letter) => places(text, letter));
  const records: CsvRecord[] = [];
  let line = firstLine;
  let end = 0;
  let at = 0;
  let width = 0;
  // Of the record that has begun: kept apart from `line`, which counts the line breaks in its quoted cells.
  for (;;) {
    const begins = line;
    const cells: string[] = width === 0 ? [] : new Array<string>(width);
    let count = 0;
    const isQuoted = text.charCodeAt(at) === quote;
    for (;;) {
      let cell: string;
      if (text.charCodeAt(at) === quote) {
        const closed = closingQuote(text, at + 1);
        if (closed < 0) {
          if (isEnd && !isHead) throw openQuote(where, line);
          return { records, end, nextLine: begins };
        }
        // What follows may be the second half of a doubled quote.
        if (closed + 1 === length && !isEnd) return { records, end, nextLine: begins };
        const inner = text.slice(at + 1, closed);
        cell = inner.includes('"') ? inner.replaceAll('""', '"') : inner;
        line += lineEndsIn(inner);
        at = closed + 1;
        while (text.charCodeAt(at) === 32) at++;
        const next = text.charCodeAt(at);
        if (at < length && next !== between && next !== lineFeed && next !== carriageReturn) {
          if (isHead) return { records, end, nextLine: begins };
          throw new InputError({
            where: `${where}, line ${line}`,
            must: "a closing quote must end its cell",
            got: `"${shortText(cell, 40)}" and then ${JSON.stringify(text.slice(at, at + 20))}`,
            mend: 'write a quote inside a quoted cell twice ("")',
          });
        }
      } else {
        const start = at;
        at = Math.min(nextBetween(start), nextFeed(start), nextReturn(start));
        cell = isWanted === undefined || isWanted[count] ? text.slice(start, at) : "";
      }
      if (at >= length && !isEnd) return { records, end, nextLine: begins };
      cells[count++] = cell;
      if (at < length && text.charCodeAt(at) === between) {
        at++;
        continue;
      }
      break;
    }
    if (at < length) {
      if (text.charCodeAt(at) === carriageReturn) {
        // A line feed may still follow.
        if (at + 1 === length && !isEnd) return { records, end, nextLine: begins };
        if (text.charCodeAt(at + 1) === lineFeed) at++;
      }
      at++;
      line++;
    }
    if (cells.length > count) cells.length = count;
    width = count;
    if (count > 1 || cells[0] !== "" || isQuoted) records.push({ line: begins, cells, isQuoted });
    end = at;
    if (at >= length) return { records, end, nextLine: line };
  }
}

/** Finds the places of a letter, each once: they are asked for from left to right. The end where there is none. */
function places(text: string, letter: string): (from: number) => number {
  let place = -1;
  return (from) => {
    if (place < from) {
      place = text.indexOf(letter, from);
      if (place < 0) place = text.length;
    }
    return place;
  };
}

/** Place of the quote that closes a cell; -1 where it is not here. */
function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2))
    if (text.charCodeAt(at + 1) !== quote) return at;
  return -1;
}

function lineEndsIn(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === lineFeed || (code === carriageReturn && text.charCodeAt(at + 1) !== lineFeed)) count++;
  }
  return count;
}

function openQuote(where: string, line: number): InputError {
  return new InputError({
    where: `${where}, line ${line}`,
    must: "every quote must be closed",
    got: "a quote that is still open at the end of the file",
    mend: 'close the quote; a quote inside a quoted cell is written twice ("")',
  });
}
