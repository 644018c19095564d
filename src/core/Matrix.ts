/** Dense numbers for a model: row-major, `values[row * columns + column]`, names one per column. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array;
  readonly names: readonly string[];
}

/**
 * @param names   one per column
 * @param values  row-major, length a multiple of `names.length`, all finite
 * @throws RangeError if the length does not fit or a value is not finite (row and column named)
 */
export function makeMatrix(names: readonly string[], values: Float32Array): Matrix {
  const columns = names.length;
  if (columns === 0 || values.length % columns !== 0) {
    throw new RangeError(`makeMatrix: the number of values must be a multiple of the ${columns} columns; got ${values.length}`);
  }
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new RangeError(`makeMatrix: row ${Math.floor(bad / columns)}, column ${names[bad % columns]} must be finite; got ${values[bad]}; impute or drop the row first`);
  }
  return { rows: values.length / columns, columns, values, names };
}
