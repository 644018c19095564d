/** Encoding of a CSV. */
export type CsvEncoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

/** What stands between the whole and the decimals of a number. */
export type DecimalMark = "." | ",";

/** What is known of how a CSV is written. Whatever is left out is found in the file. */
export interface CsvOptions {
  readonly encoding?: CsvEncoding;
  /** One character between cells. */
  readonly separator?: string;
  readonly decimalMark?: DecimalMark;
  /** Line of the header, counted from 1; lines above it are skipped. */
  readonly headerLine?: number;
}
