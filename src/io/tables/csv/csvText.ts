import { isAscii } from "node:buffer";
import { createReadStream } from "node:fs";
import type { CsvEncoding } from "./CsvOptions.js";

/** Bytes that are read at a time. */
export const pieceBytes: number = 1 << 20;

/** The bytes of a file, piece by piece. */
export function piecesOf(path: string, highWaterMark: number): AsyncIterable<Buffer> {
  return createReadStream(path, { highWaterMark });
}

/**
 * The text of a file, piece by piece, without its byte order mark.
 *
 * @param onBytes  takes how many bytes were read so far
 */
export async function* csvText(
  path: string,
  encoding: CsvEncoding,
  onBytes: (bytes: number) => void = () => undefined,
): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder(encoding);
  // ASCII is the same in Latin-1, which takes a tenth of the time; but a letter may be cut between two pieces.
  let isBare = encoding === "utf-8" || encoding === "windows-1252";
  let bytes = 0;
  for await (const piece of piecesOf(path, pieceBytes)) {
    onBytes((bytes += piece.length));
    isBare &&= isAscii(piece);
    yield isBare ? piece.toString("latin1") : decoder.decode(piece, { stream: true });
  }
  yield decoder.decode();
}
