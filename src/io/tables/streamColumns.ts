import type { DuckDBConnection } from "@duckdb/node-api";
import type { Column } from "../../core/Table.js";
import { numberText } from "./carriedAs.js";
import { categoryBuilder } from "./categoryBuilder.js";

/** One column to read: an SQL expression of type DOUBLE, FLOAT or VARCHAR. */
export interface WantedColumn {
  readonly name: string;
  readonly expression: string;
  readonly type: "DOUBLE" | "FLOAT" | "VARCHAR";
  /** Levels of a category, in code order. */
  readonly levels?: readonly string[];
  /** Whether numbers become texts of a category. */
  readonly isText?: boolean;
}

/** Columns as they were collected. */
export interface CollectedColumns {
  readonly numRows: number;
  readonly columns: Readonly<Record<string, Column>>;
}

/**
 * Reads columns straight into typed arrays, piece by piece, at least one; NULL becomes NaN or the empty text.
 *
 * @param source      what stands after FROM
 * @param onInfinite  called with column and row (from 0) of an infinite number, which is missing then; it may throw
 * @param leastRows   rows of a piece, at least, but for the last one (default all)
 */
export async function* streamColumns(
  connection: DuckDBConnection,
  wanted: readonly WantedColumn[],
  source: string,
  onInfinite: (column: number, row: number, value: number) => void,
  leastRows: number = Infinity,
): AsyncGenerator<CollectedColumns, void, undefined> {
  const result = await connection.stream(
    `SELECT ${wanted.map(({ expression }) => expression).join(", ")} FROM ${source}`,
  );
  let pieces: (Float64Array | Float32Array)[][] = wanted.map(() => []);
  let builders = wanted.map(({ levels }) => categoryBuilder(levels));
  let [numRows, given] = [0, 0];
  const taken = (): CollectedColumns => {
    const rows = numRows - given;
    const columns = wanted.map(
      ({ name, type, isText }, i) =>
        [
          name,
          type === "VARCHAR" || isText ? builders[i].finish() : joinNumbers(pieces[i], numbers(type, rows)),
        ] as const,
    );
    pieces = wanted.map(() => []);
    builders = wanted.map(({ levels }) => categoryBuilder(levels));
    given = numRows;
    return { numRows: rows, columns: Object.fromEntries(columns) };
  };
  for (;;) {
    const chunk = await result.fetchChunk();
    // Asked of DuckDB each time: once for a piece, not once for a row.
    const rows = chunk?.rowCount ?? 0;
    if (chunk === null || rows === 0) break;
    for (let i = 0; i < wanted.length; i++) {
      const vector = chunk.getColumnVector(i);
      if (wanted[i].type === "VARCHAR") {
        for (let row = 0; row < rows; row++) builders[i].add(vector.getItem(row) as string | null);
        continue;
      }
      const values = numbers(wanted[i].type, rows);
      for (let row = 0; row < rows; row++) values[row] = (vector.getItem(row) as number | null) ?? Number.NaN;
      for (let row = 0; row < rows; row++) {
        if (Math.abs(values[row]) !== Infinity) continue;
        onInfinite(i, numRows + row, values[row]);
        values[row] = Number.NaN;
      }
      if (wanted[i].isText)
        for (const value of values)
          builders[i].add(Number.isNaN(value) ? null : numberText(value, wanted[i].type === "FLOAT"));
      else pieces[i].push(values);
    }
    numRows += rows;
    if (numRows - given >= leastRows) yield taken();
  }
  if (numRows === 0 || numRows > given) yield taken();
}

function numbers(type: WantedColumn["type"], length: number): Float64Array | Float32Array {
  return type === "FLOAT" ? new Float32Array(length) : new Float64Array(length);
}

/** Fills `whole` with the pieces, one behind the other. */
export function joinNumbers(
  pieces: readonly (Float64Array | Float32Array)[],
  whole: Float64Array | Float32Array,
): Float64Array | Float32Array {
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
