import { isCategory, type Table } from "../../../core/Table.js";
import { namesOfRows } from "../../fitDriftReference.js";

/** How rows of a table belong together. */
export interface RowColumns {
  /** Column that names the batch of each row: rows of a batch are not independent (default: rows are). */
  readonly groups?: string;
  /** Column that says when a row was made. */
  readonly time?: string;
  /** Column that names the lot of each row, of a chemical or of a measuring standard. */
  readonly lot?: string;
  /** Columns that tell rows apart and are left out (default namesOfRows). */
  readonly rowNames?: readonly string[];
}

/** Columns of data: neither names of rows nor what rows belong together by. */
export function lookedAt(table: Table, { groups, time, lot, rowNames = namesOfRows }: RowColumns): string[] {
  const left = new Set([...rowNames, groups, time, lot]);
  return Object.keys(table.columns).filter((name) => !left.has(name) && table.schema[name].latent !== true);
}

/** Group of each row as a number, in order of first appearance; each row its own where none is named. */
export function groupCodesOf(table: Table, groups: string | undefined): Uint32Array {
  const codes = Uint32Array.from({ length: table.numRows }, (_, row) => row);
  if (groups === undefined || !Object.hasOwn(table.columns, groups)) return codes;
  const column = table.columns[groups];
  const known = new Map<number | string, number>();
  for (let row = 0; row < codes.length; row++) {
    const name = isCategory(column) ? column.levels[column.codes[row]] : column[row];
    const code = known.get(name) ?? known.size;
    known.set(name, code);
    codes[row] = code;
  }
  return codes;
}
