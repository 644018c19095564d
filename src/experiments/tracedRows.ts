import { numbersOf, rowsWhere, textsOf, type Table } from "../core/Table.js";
import type { RealTable } from "./manifest.js";

/** How many rows name the source, its licence, its content hash and a row of it that no other row names. */
export function tracedRows(table: Table, { id, licence, sha256, rows }: RealTable): number {
  const [sources, licences, hashes] = ["source", "licence", "sourceSha256"].map((name) => textsOf(table, name));
  const sourceRows = numbersOf(table, "sourceRow");
  const named = new Map<number, number>();
  for (const row of sourceRows) named.set(row, (named.get(row) ?? 0) + 1);
  const isRowOfSource = (row: number): boolean =>
    Number.isInteger(row) && row >= 1 && row <= rows && named.get(row) === 1;
  return rowsWhere(
    table,
    (row) =>
      sources[row] === id && licences[row] === licence && hashes[row] === sha256 && isRowOfSource(sourceRows[row]),
  ).length;
}
