import { extname } from "node:path";
import { InputError } from "../../../core/InputError.js";
import { projectName } from "../../projectPath.js";
import type { CellSource } from "../cells/CellSource.js";
import { widthFault } from "../cells/readCells.js";
import { checkReadable } from "../duckdb.js";
import { faultError } from "../TableFault.js";
import { csvDialect } from "./csvDialect.js";
import { csvEncoding, encodingNames } from "./csvEncoding.js";
import type { CsvEncoding, CsvOptions } from "./CsvOptions.js";
import { type CsvRecord, csvRecords } from "./csvRecords.js";
import { csvText } from "./csvText.js";

/** A CSV whose writing is known. */
export interface OpenCsv extends CellSource<CsvRecord> {
  readonly where: string;
  readonly encoding: CsvEncoding;
  readonly headerLine: number;
  readonly rows: (
    onWidth?: (record: CsvRecord) => void,
    isWanted?: readonly boolean[],
  ) => AsyncIterable<readonly CsvRecord[]>;
}

export interface OpenCsvOptions extends CsvOptions {
  /** Whether a row of units under the header is told from the rows (default false: it is one of them). */
  readonly findsUnits?: boolean;
  /** Takes how many bytes of the rows, and what stands above them, were read so far. */
  readonly onBytes?: (bytes: number) => void;
}

/** Letters at the beginning that the writing is judged by. */
const headLetters = 1 << 20;

/**
 * Finds out how a CSV is written: encoding, separator, header line and, where it is asked for, a row of units. Cells of
 * a .tsv are separated by tabs.
 *
 * @throws InputError as checkReadable, csvEncoding and csvDialect
 */
export async function openCsv(
  path: string,
  { findsUnits = false, onBytes, ...given }: OpenCsvOptions = {},
): Promise<OpenCsv> {
  const usual = extname(path).toLowerCase() === ".tsv" ? "\t" : ",";
  const options = { ...given, separator: given.separator ?? (usual === "\t" ? usual : undefined) };
  const where = projectName(path);
  const above = (options.headerLine ?? 1) - 1;
  await checkReadable(path);
  const encoding = await csvEncoding(path, where, options.encoding);
  let head = "";
  let isWhole = true;
  for await (const piece of skipLines(csvText(path, encoding), above, where)) {
    head += piece;
    if (head.length >= headLetters) {
      isWhole = false;
      break;
    }
  }
  const found = await csvDialect(head, isWhole, options, where);
  const headerLine = found.headerLine + above;
  const { separator, header, hasComments } = found;
  const units = findsUnits ? found.units : null;
  const unitLine = (units?.line ?? 0) + above;
  return {
    where,
    header,
    encoding,
    separator,
    headerLine,
    unusual: [
      ...(encoding === "utf-8" ? [] : [encodingNames[encoding]]),
      ...(separator === usual ? [] : [`cells separated by ${separatorNames[separator] ?? separator}`]),
      ...(headerLine === 1 || options.headerLine !== undefined ? [] : [`header in line ${headerLine}`]),
      ...(units === null ? [] : [`units in line ${unitLine}`]),
      ...(hasComments ? ["comments in lines that begin with #"] : []),
    ],
    units: units?.units ?? null,
    async *rows(onWidth = (record) => refuseWidth(record, header.length, where), wanted) {
      const text = skipLines(csvText(path, encoding, onBytes), headerLine - 1, where);
      // The first cell tells comments and empty lines.
      const isWanted = wanted?.map((one, i) => one || i === 0);
      let isHeader = true;
      for await (const records of csvRecords(text, { separator, where, firstLine: headerLine, isWanted })) {
        const below = isHeader ? records.slice(1) : records;
        isHeader = false;
        const body =
          units !== null && below[0]?.line <= unitLine ? below.filter(({ line }) => line !== unitLine) : below;
        if (body.every(({ cells }) => cells.length === header.length) && !hasComments) yield body;
        else
          yield body.filter((record) => {
            const fits = record.cells.length === header.length;
            const isComment = hasComments && !record.isQuoted && record.cells[0].startsWith("#");
            if (isComment && fits) throw commentOrRow(record, where);
            if (!fits && !isComment) onWidth(record);
            return fits;
          });
      }
    },
  };
}

const separatorNames: Readonly<Record<string, string>> = { ";": "semicolons", "\t": "tabs", "|": "bars" };

/** What follows the first lines of a text, whose quotes say nothing. */
async function* skipLines(
  pieces: AsyncIterable<string>,
  count: number,
  where: string,
): AsyncGenerator<string, void, undefined> {
  let left = count;
  let rest = "";
  for await (const piece of pieces) {
    if (left === 0) {
      yield piece;
      continue;
    }
    rest += piece;
    let at = 0;
    for (const { 0: lineEnd, index } of rest.matchAll(/\r\n|\n|\r(?=[^\n])/g)) {
      at = index + lineEnd.length;
      if (--left === 0) break;
    }
    rest = rest.slice(at);
    if (left === 0) yield rest;
  }
  if (left > 0)
    throw new InputError({
      where,
      must: `the header must stand in line ${count + 1}`,
      got: `${count + 1 - left} lines`,
      mend: "restore the file, or name its header's line",
    });
}

function refuseWidth(record: CsvRecord, width: number, where: string): never {
  throw faultError(where, widthFault(record, width));
}

function commentOrRow({ line, cells }: CsvRecord, where: string): InputError {
  return new InputError({
    where: `${where}, line ${line}`,
    must: "a line that begins with # must be a comment, as above the header, or be quoted",
    got: `"${cells[0].slice(0, 40)}", with as many cells as a row`,
    mend: "quote its first cell if it is a row, else remove the line",
  });
}
