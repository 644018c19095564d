import { isAscii } from "node:buffer";
import { open } from "node:fs/promises";
import { InputError } from "../../../core/InputError.js";
import type { CsvEncoding } from "./CsvOptions.js";
import { csvText, pieceBytes, piecesOf } from "./csvText.js";

/** Encodings as people call them. */
export const encodingNames: Readonly<Record<CsvEncoding, string>> = {
  "utf-8": "UTF-8",
  "utf-16le": "UTF-16",
  "utf-16be": "UTF-16 (big-endian)",
  "windows-1252": "Windows-1252",
};

/** What other files begin with that are taken for CSV by their name. */
const beginnings: readonly (readonly [begins: string, what: string])[] = [
  ["PAR1", "a Parquet file"],
  ["ARROW1", "an Arrow file"],
  ["PK\x03\x04", "a zip archive, which an Excel workbook is too"],
  ["\xd0\xcf\x11\xe0", "an old Excel workbook"],
  ["\x1f\x8b", "a gzip archive"],
  ["SQLite format", "a SQLite database"],
];

/**
 * The encoding of a CSV: by its byte order mark, else UTF-16 where every second byte is NUL, else UTF-8 if the whole
 * file is, else Windows-1252, which is what spreadsheets of Western Europe and the Americas write.
 *
 * @throws InputError if it holds NUL bytes or what no text has, is another kind of file, is cut within a letter, or
 *   holds letters in UTF-8 and bytes that are none
 */
export async function csvEncoding(path: string, where: string, wanted?: CsvEncoding): Promise<CsvEncoding> {
  const head = await headOf(path);
  const begins = head.toString("latin1", 0, 16);
  const other = beginnings.find(([mark]) => begins.startsWith(mark));
  if (other !== undefined) throw noText(where, other[1], "give it the ending of its kind, or save it as CSV UTF-8");
  const marked = markedEncoding(head);
  if (wanted !== undefined && marked !== undefined && wanted !== marked)
    throw new InputError({
      where: `${where}, --encoding`,
      must: `must be ${marked}, as the file's byte order mark says`,
      got: wanted,
      mend: "leave the option out",
    });
  const encoding = wanted ?? marked;
  const fault = await firstFault(path, encoding ?? "utf-8");
  if (fault === null) return encoding ?? "utf-8";
  if (fault === "NUL") {
    const line = await lineOf(path, encoding ?? "utf-8", /\0/);
    throw noText(where, `a NUL byte in line ${line}`, "save it as CSV UTF-8");
  }
  if (encoding !== undefined)
    throw new InputError({
      where: `${where}, line ${await lineOf(path, encoding, odd(encoding))}`,
      must: `the file must be ${encoding} text`,
      got: "other bytes",
      mend: `save it as UTF-8, or name its encoding: --encoding ${Object.keys(encodingNames).join(", ")}`,
    });
  if ((await lineOf(path, "utf-8", /[^\0-\x7f\uFFFD]/)) !== null)
    throw new InputError({
      where: `${where}, line ${await lineOf(path, "utf-8", odd("utf-8"))}`,
      must: "the file must be in one encoding",
      got: "letters in UTF-8 in some places and other bytes here",
      mend: "save it as UTF-8, or name the encoding with --encoding windows-1252",
    });
  const none = await lineOf(path, "windows-1252", odd("windows-1252"));
  if (none !== null)
    throw new InputError({
      where: `${where}, line ${none}`,
      must: "the file must be UTF-8, UTF-16 or Windows-1252 text",
      got: "a byte that is a letter in none of them",
      mend: "save it as UTF-8",
    });
  return "windows-1252";
}

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4096), 0, 4096, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function markedEncoding(head: Buffer): CsvEncoding | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return "utf-8";
  // Separators and digits have a NUL beside them in UTF-16.
  const pairs = head.length >> 1;
  const nuls = [0, 0];
  for (let i = 0; i < 2 * pairs; i++) if (head[i] === 0) nuls[i & 1]++;
  if (pairs > 1 && nuls[1] > pairs / 2 && nuls[0] === 0) return "utf-16le";
  if (pairs > 1 && nuls[0] > pairs / 2 && nuls[1] === 0) return "utf-16be";
  return undefined;
}

/** Whether the whole file is text of an encoding; NUL bytes count before all else. */
async function firstFault(path: string, encoding: CsvEncoding): Promise<"NUL" | "letter" | null> {
  if (encoding === "windows-1252") {
    if ((await lineOf(path, encoding, /\0/)) !== null) return "NUL";
    return (await lineOf(path, encoding, odd(encoding))) === null ? null : "letter";
  }
  const decoder = new TextDecoder(encoding, { fatal: true });
  // Most files are ASCII throughout, which is known without decoding them; but a letter may be cut between two pieces.
  let isBare = encoding === "utf-8";
  let isBroken = false;
  for await (const piece of piecesOf(path, pieceBytes)) {
    if (encoding === "utf-8" && piece.includes(0)) return "NUL";
    if (isBroken || (isBare && isAscii(piece))) continue;
    isBare = false;
    try {
      if (decoder.decode(piece, { stream: true }).includes("\0")) return "NUL";
    } catch {
      isBroken = true;
    }
  }
  try {
    if (!isBroken) decoder.decode();
  } catch {
    isBroken = true;
  }
  return isBroken ? "letter" : null;
}

/** What decoding leaves of bytes that are no letter; Windows-1252 has five such, which become control characters. */
function odd(encoding: CsvEncoding): RegExp {
  return encoding === "windows-1252" ? /[\x81\x8d\x8f\x90\x9d]/ : /\uFFFD/;
}

/** Line of the first letter that fits, counted from 1; null where there is none. */
async function lineOf(path: string, encoding: CsvEncoding, letter: RegExp): Promise<number | null> {
  let line = 1;
  for await (const text of csvText(path, encoding)) {
    const at = text.search(letter);
    line += text.slice(0, at < 0 ? undefined : at).split("\n").length - 1;
    if (at >= 0) return line;
  }
  return null;
}

function noText(where: string, got: string, mend: string): InputError {
  return new InputError({ where, must: "a .csv file must hold text", got, mend });
}
