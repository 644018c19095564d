/** Encoding of a CSV. */
export type CsvEncoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

/** What stands between the whole and the decimals of a number. */
export type DecimalMark = "." | ",";

/** Order of day, month and year in dates: day first, month first, or the year as in 2026-01-31. */
export type DateOrder = "dmy" | "mdy" | "iso";

/** What is known of how a table of cells is written, most of a CSV. Whatever is left out is found in the file. */
export interface CsvOptions {
  readonly encoding?: CsvEncoding;
  /** One character between cells. */
  readonly separator?: string;
  readonly decimalMark?: DecimalMark;
  /** Line of the header, counted from 1; lines above it are skipped. */
  readonly headerLine?: number;
  /** Of dates that are texts, in any format; "iso" leaves every other writing as it is. */
  readonly dates?: DateOrder;
  /** Name of the sheet of a workbook. */
  readonly sheet?: string;
}
