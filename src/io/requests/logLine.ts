import { createHash } from "node:crypto";

/** What a line is about, for its reader: plain JSON. */
export type LineHead = Readonly<Record<string, unknown>>;

/** Of a line's end: `,"sha256":"` and 64 digits, then `"}`. */
const sealLength = 77;
const seal = /^,"sha256":"([0-9a-f]{64})"\}$/;
const brace = Buffer.from("}");

/**
 * A line of a request log: a JSON object of one line, closed by the hash of what stands before it. Bodies are texts of
 * JSON that are put in as they are, behind the head, so that a reader of heads need not parse them.
 *
 * @param bodies  by name; JSON without a line break
 * @returns with its line break
 * @throws RangeError if a body holds a line break
 */
export function sealedLine(head: LineHead, bodies: Readonly<Record<string, Uint8Array>> = {}): Buffer {
  const parts: Uint8Array[] = [Buffer.from(JSON.stringify(head).slice(0, -1))];
  for (const [name, body] of Object.entries(bodies)) {
    if (body.includes(10)) throw new RangeError(`sealedLine: body ${name} must be one line`);
    parts.push(Buffer.from(`,"${name}":`), body);
  }
  return Buffer.concat([...parts, Buffer.from(`,"sha256":"${hashOf([...parts, brace])}"}\n`)]);
}

/** Whether a line, without its break, is one that `sealedLine` wrote, to the byte. */
export function isSealed(line: Uint8Array): boolean {
  if (line.length <= sealLength) return false;
  const at = line.length - sealLength;
  const [, hash] = seal.exec(Buffer.from(line.subarray(at)).toString("latin1")) ?? [];
  return hash !== undefined && hash === hashOf([line.subarray(0, at), brace]);
}

/**
 * The head of a sealed line.
 *
 * @param bodies  names that bodies of such lines have, in their order
 */
export function headOf(line: Uint8Array, bodies: readonly string[]): LineHead {
  const bytes = Buffer.from(line.buffer, line.byteOffset, line.length);
  // Inside a text its quotes would be escaped: what looks like a key is one.
  const ends = bodies.map((name) => bytes.indexOf(`,"${name}":`)).filter((at) => at >= 0);
  return JSON.parse(`${bytes.toString("utf8", 0, Math.min(...ends, line.length - sealLength))}}`) as LineHead;
}

/** Bytes of the last body of a sealed line; null where it has none of that name. */
export function lastBodyOf(line: Uint8Array, name: string): Uint8Array | null {
  const key = `,"${name}":`;
  const at = Buffer.from(line.buffer, line.byteOffset, line.length).lastIndexOf(key);
  return at < 0 ? null : line.subarray(at + key.length, line.length - sealLength);
}

/** SHA-256 in hex of pieces that follow one another: together they may be large. */
function hashOf(pieces: readonly Uint8Array[]): string {
  const hash = createHash("sha256");
  for (const piece of pieces) hash.update(piece);
  return hash.digest("hex");
}
