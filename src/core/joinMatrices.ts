import { makeMatrix, type Matrix } from "./Matrix.js";

/**
 * Columns of matrices side by side.
 *
 * @param parts  of the same rows; at least one
 * @throws RangeError if rows differ in number
 */
export function joinMatrices(parts: readonly Matrix[]): Matrix {
  const { rows } = parts[0];
  const other = parts.find((part) => part.rows !== rows);
  if (other !== undefined) throw new RangeError(`joinMatrices: ${rows} rows are needed in each; got ${other.rows}`);
  const width = parts.reduce((sum, { columns }) => sum + columns, 0);
  const values = new Float32Array(rows * width);
  let from = 0;
  for (const { columns, values: own } of parts) {
    for (let row = 0; row < rows; row++)
      values.set(own.subarray(row * columns, (row + 1) * columns), row * width + from);
    from += columns;
  }
  return makeMatrix(
    parts.flatMap(({ names }) => names),
    values,
  );
}
