import { InputError } from "../core/InputError.js";
import type { CsvEncoding, CsvOptions, DateOrder, DecimalMark } from "../io/tables/csv/CsvOptions.js";
import type { TableLimits } from "../io/tables/tableLimits.js";
import { wholeNumber } from "./optionParsers.js";
import type { VerbOption } from "./Verb.js";

/** A record, so that none can be forgotten. */
const encodingNames: Readonly<Record<CsvEncoding, true>> = {
  "utf-8": true,
  "utf-16le": true,
  "utf-16be": true,
  "windows-1252": true,
};
const encodings = Object.keys(encodingNames) as CsvEncoding[];

const orderNames: Readonly<Record<DateOrder, true>> = { dmy: true, mdy: true, iso: true };
const dateOrders = Object.keys(orderNames) as DateOrder[];

/** Options of every verb that reads tables: how a file is written, where it is not found out or wrongly. */
export const tableOptions: readonly VerbOption[] = [
  {
    flags: "--separator <character>",
    meaning: 'between cells of a .csv: , ; | or "tab" (default: found in the file)',
    parse: (text): string => {
      const separator = text === "tab" || text === "\\t" ? "\t" : text;
      if (separator.length === 1 && !/["\r\n]/.test(separator)) return separator;
      throw new InputError({
        where: "--separator",
        must: "must be one character, no quote",
        got: JSON.stringify(text),
        mend: 'write for example ";" or tab',
      });
    },
  },
  {
    flags: "--decimal-mark <mark>",
    meaning: "of numbers in a .csv: point or comma (default: found in the file)",
    parse: (text): DecimalMark => {
      const mark = new Map<string, DecimalMark>([
        ["point", "."],
        [".", "."],
        ["comma", ","],
        [",", ","],
      ]).get(text);
      if (mark !== undefined) return mark;
      throw new InputError({
        where: "--decimal-mark",
        must: "must be point or comma",
        got: JSON.stringify(text),
        mend: "write for example comma",
      });
    },
  },
  {
    flags: "--encoding <name>",
    meaning: `of a .csv: ${encodings.join(", ")} (default: found in the file)`,
    parse: (text): CsvEncoding => {
      const encoding = encodings.find((one) => one === text.toLowerCase());
      if (encoding !== undefined) return encoding;
      throw new InputError({
        where: "--encoding",
        must: `must be one of ${encodings.join(", ")}`,
        got: JSON.stringify(text),
        mend: "write for example windows-1252",
      });
    },
  },
  {
    flags: "--header-line <n>",
    meaning: "line of a .csv that names the columns, counted from 1 (default: found in the file)",
    parse: (text): number => {
      const line = wholeNumber("--header-line")(text);
      if (line > 0) return line;
      throw new InputError({
        where: "--header-line",
        must: "must be a line, counted from 1",
        got: text,
        mend: "write for example 1",
      });
    },
  },
  { flags: "--sheet <name>", meaning: "of an .xlsx to read (default: the only one that is shown and not empty)" },
  {
    flags: "--dates <order>",
    meaning: "of dates that are texts: dmy, mdy, or iso to leave other writings (default: found in each column)",
    parse: (text): DateOrder => {
      const order = dateOrders.find((one) => one === text.toLowerCase());
      if (order !== undefined) return order;
      throw new InputError({
        where: "--dates",
        must: `must be one of ${dateOrders.join(", ")}`,
        got: JSON.stringify(text),
        mend: "write for example dmy, where 31/01/2026 is the last day of January",
      });
    },
  },
];

/** Those of a verb's options that say how a file is written. */
export function csvOptionsOf({ separator, decimalMark, encoding, headerLine, dates, sheet }: CsvOptions): CsvOptions {
  return { separator, decimalMark, encoding, headerLine, dates, sheet };
}

/** Options of verbs that read tables of any size: they lift what keeps a small file from filling all memory. */
export const limitOptions: readonly VerbOption[] = [
  {
    flags: "--max-rows <n>",
    meaning: "read a .json, .xlsx, .parquet or .arrow of at most so many rows (default 1e8)",
    parse: wholeNumber("--max-rows"),
  },
  {
    flags: "--max-bytes <n>",
    meaning: "read a .json, .xlsx, .parquet or .arrow of at most so many bytes of values, 8 for each (default 2e9)",
    parse: wholeNumber("--max-bytes"),
  },
];

/** Those of a verb's options that say how large a table may be. */
export function limitsOf({ maxRows, maxBytes }: TableLimits): TableLimits {
  return { maxRows, maxBytes };
}

/** What names amounts beside the built-in list. */
export const reagentsOption: VerbOption = {
  flags: "--reagents <file>",
  meaning: ".json or .csv of reagents beside the built-in ones (docs/reagents.md)",
};

/** Options of verbs that read recipes: how a table that somebody else wrote becomes one. */
export const mapOptions: readonly VerbOption[] = [
  {
    flags: "--columns <file>",
    meaning: "what the headers of the table mean: a map that `twin data map` wrote and you edited",
  },
  reagentsOption,
  { flags: "--strict", meaning: "exits with 1 where a row of the table was left out" },
];

/** What mapOptions give. */
export interface MapOptions {
  /** File of a column map. */
  readonly columns?: string;
  /** File that extends the list of reagents. */
  readonly reagents?: string;
  /** Fails where a row was left out. */
  readonly strict?: boolean;
}
