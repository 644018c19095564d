import { createHash } from "node:crypto";
import { isCategory, type Table } from "../../core/Table.js";

/**
 * SHA-256 in hex of what a table holds: names, kinds and values of its columns, in their order. It does not depend on
 * the format of a file that the table came from, nor on the order of levels.
 */
export function tableSha256(table: Table): string {
  const hash = createHash("sha256");
  for (const [name, column] of Object.entries(table.columns)) {
    if (isCategory(column)) {
      hash.update(JSON.stringify([name, "category", table.numRows]));
      const used = [...new Set(column.codes)].map((code) => column.levels[code]).sort();
      const placeOf = new Map(used.map((level, place) => [level, place]));
      hash.update(JSON.stringify(used));
      hash.update(littleEndian(Float64Array.from(column.codes, (code) => placeOf.get(column.levels[code])!)));
    } else {
      hash.update(JSON.stringify([name, "number", table.numRows]));
      hash.update(littleEndian(Float64Array.from(column)));
    }
  }
  return hash.digest("hex");
}

const isLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** The same bytes on every machine; every missing number has the same. */
function littleEndian(values: Float64Array): Uint8Array {
  for (let row = 0; row < values.length; row++) if (Number.isNaN(values[row])) values[row] = Number.NaN;
  const bytes = Buffer.from(values.buffer);
  return isLittleEndian ? bytes : bytes.swap64();
}
