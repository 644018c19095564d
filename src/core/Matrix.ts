/** Dense numbers for a model: row-major, `values[row * columns + column]`, names one per column. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array;
  readonly names: readonly string[];
}

/**
 * A matrix from its numbers, row after row.
 *
 * @param names   one per column
 * @param values  row-major, length a multiple of `names.length`, all finite
 * @throws RangeError if the length does not fit or a value is not finite (row and column named)
 *
 * @example
 * ```ts
 * import { makeMatrix } from "cspbbr3-twin";
 *
 * const matrix = makeMatrix(["ratio", "amine"], Float32Array.of(1, 0.5, 4, 2));
 * console.log(matrix.rows, matrix.columns, matrix.values[1 * matrix.columns + 0]);
 * // 2 2 4
 * ```
 */
export function makeMatrix(names: readonly string[], values: Float32Array): Matrix {
  const columns = names.length;
  if (columns === 0 || values.length % columns !== 0) {
    throw new RangeError(
      `makeMatrix: the number of values must be a multiple of the ${columns} columns; got ${values.length}`,
    );
  }
  const matrix = { rows: values.length / columns, columns, values, names };
  checkFinite("makeMatrix", matrix);
  return matrix;
}

/** A new matrix of the given rows, in the given order; a row may come twice. */
export function selectMatrixRows({ values, columns, names }: Matrix, rows: Uint32Array): Matrix {
  const picked = new Float32Array(rows.length * columns);
  rows.forEach((row, i) => picked.set(values.subarray(row * columns, (row + 1) * columns), i * columns));
  return { rows: rows.length, columns, values: picked, names };
}

/** A new matrix of the given columns, in the given order. */
export function selectMatrixColumns({ rows, columns, names, values }: Matrix, places: readonly number[]): Matrix {
  const width = places.length;
  const picked = new Float32Array(rows * width);
  for (let row = 0; row < rows; row++)
    for (let i = 0; i < width; i++) picked[row * width + i] = values[row * columns + places[i]];
  return { rows, columns: width, names: places.map((place) => names[place]), values: picked };
}

/**
 * @param caller  function that the message names
 * @throws RangeError if a value is not finite (row and column named)
 */
export function checkFinite(caller: string, { values, columns, names }: Matrix): void {
  // A plain loop: with findIndex and its function this would cost more than SMOTE.
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i]))
      throw new RangeError(
        `${caller}: row ${Math.floor(i / columns)}, column ${names[i % columns]} ` +
          `must be finite; got ${values[i]}; impute or drop the row first`,
      );
  }
}
