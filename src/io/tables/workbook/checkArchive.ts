import { inflateRawSync } from "node:zlib";
import { InputError } from "../../../core/InputError.js";

/** Bytes that a workbook may hold unpacked: 100,000 rows of ten numbers take 51 million of them, and 370 MB to read. */
const mostUnpacked = 300_000_000;

/**
 * Says of a file that is called .xlsx what it is, unless it is an Excel workbook that unpacks to a size that memory
 * holds: a small archive can hold gigabytes. What its directory claims is not believed.
 *
 * @throws InputError if it is another kind of file, protected by a password, damaged or too large
 */
export function checkArchive(bytes: Uint8Array, where: string): void {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const refuse = (got: string, mend: string): InputError =>
    new InputError({ where, must: "must be a whole Excel workbook (.xlsx)", got, mend });
  if (buffer.length >= 4 && buffer.readUInt32BE(0) === 0xd0cf11e0)
    throw buffer.includes(Buffer.from("EncryptedPackage", "utf16le"))
      ? refuse("one that a password protects", "save it without the password")
      : refuse("an old Excel workbook (.xls)", "save it as .xlsx");
  if (buffer.length < 4 || buffer.toString("latin1", 0, 2) !== "PK")
    throw refuse("another kind of file", "save it as .xlsx, or give it the ending of its kind");
  const entries = entriesOf(buffer);
  if (entries === undefined)
    throw refuse("an archive without its end", "it is cut short or damaged: write or download it again");
  const names = new Set(entries.map(({ name }) => name.replaceAll("\\", "/").toLowerCase()));
  if (names.has("xl/workbook.bin")) throw refuse("a binary workbook (.xlsb)", "save it as .xlsx");
  if (names.has("content.xml")) throw refuse("an OpenDocument file", "save it as .xlsx");
  if (!names.has("xl/workbook.xml")) throw refuse("an archive of something else", "save it as .xlsx");
  let left = mostUnpacked;
  for (const entry of entries) {
    const size = unpackedSize(buffer, entry, left);
    if (size === "damaged") throw refuse(`a damaged part, ${entry.name}`, "write or download it again");
    if (size === "too large")
      throw new InputError({
        where,
        must: `must hold at most ${mostUnpacked.toLocaleString("en-GB")} bytes unpacked`,
        got: "more",
        mend: "save the sheet as .csv, or take fewer rows",
      });
    left -= size;
  }
}

/** A file in the directory of an archive. */
interface Entry {
  readonly name: string;
  readonly method: number;
  readonly packed: number;
  readonly offset: number;
}

/** Undefined where the directory is not whole. */
function entriesOf(buffer: Buffer): readonly Entry[] | undefined {
  // It ends the file, but for a comment.
  const end = buffer.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  if (end < 0 || end + 22 > buffer.length) return undefined;
  const entries: Entry[] = [];
  let at = buffer.readUInt32LE(end + 16);
  for (let left = buffer.readUInt16LE(end + 10); left > 0; left--) {
    if (at + 46 > buffer.length || buffer.readUInt32LE(at) !== 0x02014b50) return undefined;
    const [nameLength, extra, comment] = [28, 30, 32].map((place) => buffer.readUInt16LE(at + place));
    entries.push({
      name: buffer.toString("utf8", at + 46, at + 46 + nameLength),
      method: buffer.readUInt16LE(at + 10),
      packed: buffer.readUInt32LE(at + 20),
      offset: buffer.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + extra + comment;
  }
  return entries;
}

function unpackedSize(
  buffer: Buffer,
  { method, packed, offset }: Entry,
  most: number,
): number | "damaged" | "too large" {
  if (offset + 30 > buffer.length || buffer.readUInt32LE(offset) !== 0x04034b50) return "damaged";
  const begin = offset + 30 + buffer.readUInt16LE(offset + 26) + buffer.readUInt16LE(offset + 28);
  if (begin + packed > buffer.length) return "damaged";
  if (method === 0) return packed <= most ? packed : "too large";
  if (method !== 8) return "damaged";
  try {
    return inflateRawSync(buffer.subarray(begin, begin + packed), { maxOutputLength: Math.max(most, 1) }).length;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE" ? "too large" : "damaged";
  }
}
