import { columnNames } from "../../core/columnNames.js";
import type { CategoryColumn, Column } from "../../core/Table.js";
import { isCategory } from "../../core/Table.js";
import type { Chunk, EncodeOptions } from "./TableEncoder.js";
import { singleBytes, writeAscii, writeSingle } from "./writeSingle.js";

/** Bytes that are handed over at a time, more only where one row is longer. */
const pageBytes = 1 << 20;

/** No number is longer as text: -2.2250738585072014e-308 has 24 letters. */
const numberBytes = Math.max(singleBytes, 25);

/**
 * CSV by RFC 4180, but with line feeds for line ends; a missing value is an empty cell.
 * Numbers are the shortest texts that read back to the same Float32 or Float64.
 */
export async function* encodeCsv(
  chunks: AsyncIterable<Chunk>,
  { schema, header, signedZero = false }: EncodeOptions,
): AsyncGenerator<readonly Uint8Array[], void, undefined> {
  const names = columnNames(schema);
  // An empty line is no row, so the missing cell of an only column is quoted.
  const missing = utf8(names.length === 1 ? '""' : "");
  if (header) yield [utf8(`${names.map(quoted).join(",")}\n`)];
  let page = new Uint8Array(pageBytes);
  let other = new Uint8Array(pageBytes);
  let at = 0;
  for await (const { numRows, columns } of chunks) {
    const cells = columns.map((column) => cellsOf(column, missing));
    const rowBytes = cells.reduce((sum, { longest }) => sum + longest + 1, 0);
    for (let row = 0; row < numRows;) {
      if (at + rowBytes > page.length) {
        yield [page.subarray(0, at)];
        [page, other] = [other, page];
        if (rowBytes > page.length) page = new Uint8Array(rowBytes);
        at = 0;
      }
      const end = Math.min(numRows, row + Math.floor((page.length - at) / rowBytes));
      at = writeRows(cells, row, end, page, at, signedZero);
      row = end;
    }
  }
  if (at > 0) yield [page.subarray(0, at)];
}

/**
 * One column as rows are written from it. All have all parts, because code
 * that sees one shape of object is much quicker.
 */
interface Cells {
  readonly kind: "single" | "double" | "category";
  /** Bytes of the longest cell. */
  readonly longest: number;
  readonly missing: Uint8Array;
  readonly singles: Float32Array;
  /** The singles as their bits. */
  readonly bits: Int32Array;
  readonly doubles: Float64Array;
  readonly codes: CategoryColumn["codes"];
  /** Cells by code. */
  readonly texts: readonly Uint8Array[];
}

function cellsOf(column: Column, missing: Uint8Array): Cells {
  const none: Cells = {
    kind: "single",
    longest: numberBytes,
    missing,
    singles: noSingles,
    bits: noBits,
    doubles: noDoubles,
    codes: noCodes,
    texts: [],
  };
  if (isCategory(column)) {
    const texts = column.levels.map((level) => (level === "" ? missing : utf8(quoted(level))));
    return {
      ...none,
      kind: "category",
      longest: texts.reduce((most, { length }) => Math.max(most, length), 0),
      codes: column.codes,
      texts,
    };
  }
  return column instanceof Float32Array
    ? { ...none, singles: column, bits: new Int32Array(column.buffer, column.byteOffset, column.length) }
    : { ...none, kind: "double", doubles: column };
}

const noSingles = new Float32Array(0);
const noBits = new Int32Array(0);
const noDoubles = new Float64Array(0);
const noCodes = new Uint8Array(0);

function writeRows(
  cells: readonly Cells[],
  start: number,
  end: number,
  out: Uint8Array,
  at: number,
  signedZero: boolean,
): number {
  const last = cells.length - 1;
  for (let row = start; row < end; row++) {
    for (let i = 0; i <= last; i++) {
      const cell = cells[i];
      if (cell.kind === "single") {
        const value = cell.singles[row];
        at = Number.isNaN(value) ? writeBytes(cell.missing, out, at) : writeSingle(value, cell.bits[row], out, at);
      } else if (cell.kind === "double") {
        const value = cell.doubles[row];
        if (signedZero && value === 0 && Object.is(value, -0)) out[at++] = minus;
        at = Number.isNaN(value) ? writeBytes(cell.missing, out, at) : writeAscii(String(value), out, at);
      } else {
        at = writeBytes(cell.texts[cell.codes[row]], out, at);
      }
      out[at++] = i === last ? lineFeed : comma;
    }
  }
  return at;
}

const comma = 44;
const minus = 45;
const lineFeed = 10;

/** Cells are short: a loop is quicker than a call to copy. */
function writeBytes(bytes: Uint8Array, out: Uint8Array, at: number): number {
  for (let i = 0; i < bytes.length; i++) out[at++] = bytes[i];
  return at;
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
