import { open } from "node:fs/promises";
import { InputError } from "../../core/InputError.js";
import { checkReadable, sqlPath, sqlText } from "./duckdb.js";
import { projectName } from "../projectPath.js";

/** How a CSV is written. */
export interface CsvOptions {
  /** One character between cells. */
  readonly delimiter?: string;
  /** Line of the header, counted from 1; lines above it are skipped. */
  readonly headerLine?: number;
}

/** A CSV file for DuckDB: its columns are c0, c1, ... and hold texts. */
export interface CsvSource {
  readonly header: readonly string[];
  /** What stands after FROM. */
  readonly sql: string;
}

/** Headers longer than this are no headers. */
const headerBytes = 1 << 20;

/**
 * Finds the header of a CSV and tells DuckDB the whole dialect: UTF-8, quotes by RFC 4180,
 * every row as wide as the header. Left to guess, DuckDB drops lines that begin with #,
 * stumbles over line breaks in a quoted header and cannot say where a quote broke.
 *
 * @throws InputError if the file is missing, has no such line, or its header is not UTF-8
 */
export async function csvSource(
  path: string,
  { delimiter = ",", headerLine = 1 }: CsvOptions = {},
): Promise<CsvSource> {
  await checkReadable(path);
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headerBytes), 0, headerBytes, 0);
    const text = buffer.toString("utf8", 0, bytesRead).replace(/^\uFEFF/, "");
    let start = 0;
    for (let line = 1; line < headerLine; line++) {
      start = text.indexOf("\n", start) + 1;
      if (start === 0)
        throw new InputError({
          where: projectName(path),
          must: `the header must stand in line ${headerLine}`,
          got: `${line} lines`,
          mend: "restore the file",
        });
    }
    const { header, lineEnd } = splitHeader(text.slice(start), delimiter);
    // DuckDB reads only what is below the header, so other bytes in it (Latin-1, UTF-16) would pass as column names.
    if (header.some((name) => name.includes("\uFFFD"))) {
      throw new InputError({
        where: `${projectName(path)}, line ${headerLine}`,
        must: "the file must be UTF-8 text",
        got: "other bytes",
        mend: "save it as UTF-8",
      });
    }
    const types = header.map((_, i) => `c${i}: 'VARCHAR'`).join(", ");
    const options = [
      "auto_detect = false",
      `delim = ${sqlText(delimiter)}`,
      `quote = '"'`,
      `escape = '"'`,
      "header = true",
      `skip = ${headerLine - 1}`,
      `new_line = ${sqlText(lineEnd)}`,
      `columns = {${types}}`,
      "hive_partitioning = false",
    ].join(", ");
    return { header, sql: `read_csv(${sqlPath(path)}, ${options})` };
  } finally {
    await file.close();
  }
}

/** Cells of the first line, and its end as DuckDB writes line ends. */
function splitHeader(
  text: string,
  delimiter: string,
): { readonly header: readonly string[]; readonly lineEnd: string } {
  const header = [""];
  let quoted = false;
  let at = 0;
  for (; at < text.length; at++) {
    const letter = text[at];
    if (letter === '"' && quoted && text[at + 1] === '"') header[header.length - 1] += text[at++];
    else if (letter === '"') quoted = !quoted;
    else if (quoted || (letter !== "\n" && letter !== "\r" && letter !== delimiter))
      header[header.length - 1] += letter;
    else if (letter === delimiter) header.push("");
    else break;
  }
  return { header, lineEnd: text[at] !== "\r" ? "\\n" : text[at + 1] === "\n" ? "\\r\\n" : "\\r" };
}

/** DuckDB's complaint about a CSV in this project's words: line, what must hold, the mend. */
export function asCsvError(where: string, error: unknown): unknown {
  if (!(error instanceof Error) || !error.message.startsWith("Invalid Input Error")) return error;
  const line = /CSV Error on Line: (\d+)/.exec(error.message)?.[1];
  const refuse = (must: string, got: string, mend: string): InputError =>
    new InputError({ where: line === undefined ? where : `${where}, line ${line}`, must, got, mend });
  const cells = /Expected Number of Columns: (\d+) Found: (\d+)/.exec(error.message);
  if (cells !== null)
    return refuse(
      `every line must have ${cells[1]} cells like the header`,
      cells[2],
      "mend the line; a cell that holds the delimiter needs quotes",
    );
  if (/unterminated quote|Maximum line size/.test(error.message))
    return refuse(
      "every quote must be closed",
      "a quote that is still open at its end",
      'close the quote; a quote inside a quoted cell is written twice ("")',
    );
  if (/not utf-8|unicode/i.test(error.message))
    return refuse("the file must be UTF-8 text", "other bytes", "save it as UTF-8");
  return refuse(
    "must be a CSV file",
    error.message.split("\n")[0],
    "save it again as CSV: UTF-8, one kind of line end, quotes closed",
  );
}
