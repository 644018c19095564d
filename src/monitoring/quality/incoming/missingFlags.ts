import { type Column, isCategory } from "../../../core/Table.js";

/** Rows without a value as 1, others as 0. */
export function missingFlags(column: Column): Uint8Array {
  if (!isCategory(column)) {
    const flags = new Uint8Array(column.length);
    for (let row = 0; row < flags.length; row++) if (Number.isNaN(column[row])) flags[row] = 1;
    return flags;
  }
  const isEmpty = Uint8Array.from(column.levels, (level) => (level === "" ? 1 : 0));
  return Uint8Array.from(column.codes, (code) => isEmpty[code]);
}
