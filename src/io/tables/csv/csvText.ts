import { createReadStream } from "node:fs";
import type { CsvEncoding } from "./CsvOptions.js";

/** Bytes that are read at a time. */
export const pieceBytes: number = 1 << 20;

/** The bytes of a file, piece by piece. */
export function piecesOf(path: string, highWaterMark: number): AsyncIterable<Buffer> {
  return createReadStream(path, { highWaterMark });
}

/** The text of a file, piece by piece, without its byte order mark. */
export async function* csvText(path: string, encoding: CsvEncoding): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder(encoding);
  for await (const piece of piecesOf(path, pieceBytes)) yield decoder.decode(piece, { stream: true });
  yield decoder.decode();
}
