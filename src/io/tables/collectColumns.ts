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

/**
 * Reads columns in pieces straight into typed arrays; NULL becomes NaN or the empty text.
 *
 * @param source      what stands after FROM
 * @param onInfinite  called with column and row (from 0) of an infinite number; throws what the reader wants to say
 */
export async function collectColumns(
  connection: DuckDBConnection,
  wanted: readonly WantedColumn[],
  source: string,
  onInfinite: (column: number, row: number, value: number) => Promise<never>,
): Promise<{ readonly numRows: number; readonly columns: Readonly<Record<string, Column>> }> {
  const result = await connection.stream(
    `SELECT ${wanted.map(({ expression }) => expression).join(", ")} FROM ${source}`,
  );
  const pieces: (Float64Array | Float32Array)[][] = wanted.map(() => []);
  const builders = wanted.map(({ levels }) => categoryBuilder(levels));
  let numRows = 0;
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
      const infinite = values.findIndex((value) => Math.abs(value) === Infinity);
      if (infinite >= 0) return onInfinite(i, numRows + infinite, values[infinite]);
      if (wanted[i].isText)
        for (const value of values)
          builders[i].add(Number.isNaN(value) ? null : numberText(value, wanted[i].type === "FLOAT"));
      else pieces[i].push(values);
    }
    numRows += rows;
  }
  const columns = wanted.map(
    ({ name, type, isText }, i) =>
      [
        name,
        type === "VARCHAR" || isText ? builders[i].finish() : joinNumbers(pieces[i], numbers(type, numRows)),
      ] as const,
  );
  return { numRows, columns: Object.fromEntries(columns) };
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
