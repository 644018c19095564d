import type { Matrix } from "../core/Matrix.js";

/** Lists of one-hot columns by place; in every row exactly one column of a list is 1, the others are 0. */
export type NominalColumns = readonly (readonly number[])[];

/**
 * A matrix in which two rows of another category are as far apart as a typical step in a number. Every category that
 * differs adds m² to the squared distance, where m is the median of the standard deviations of all other columns over
 * `rows`.
 *
 * That is the paper's m²; imbalanced-learn adds m²/2 per category that differs.
 *
 * @param rows  of the class that is grown
 * @throws RangeError if a list holds a column twice, one outside, or a row that is not one-hot
 * @see SMOTE-NC: Chawla et al. 2002, doi:10.1613/jair.953, section 6.1
 */
export function nominalDistances(caller: string, matrix: Matrix, rows: Uint32Array, nominal: NominalColumns): Matrix {
  if (nominal.length === 0) return matrix;
  const isNominal = checkNominal(caller, matrix, nominal);
  const numbers = isNominal.flatMap((is, column) => (is ? [] : [column]));
  const spreads = Float64Array.from(numbers, (column) => standardDeviation(matrix, rows, column)).sort();
  const middle = spreads.length >> 1;
  const median =
    spreads.length === 0 ? 1 : spreads.length % 2 === 1 ? spreads[middle] : (spreads[middle - 1] + spreads[middle]) / 2;
  // Rows of another category differ in two of its columns.
  const factor = median / Math.SQRT2;
  const values = matrix.values.slice();
  for (const column of nominal.flat())
    for (let at = column; at < values.length; at += matrix.columns) values[at] *= factor;
  return { ...matrix, values };
}

function checkNominal(caller: string, { values, columns, rows, names }: Matrix, nominal: NominalColumns): boolean[] {
  const isNominal = new Array<boolean>(columns).fill(false);
  for (const list of nominal) {
    for (const column of list) {
      if (!(Number.isInteger(column) && column >= 0 && column < columns))
        throw new RangeError(`${caller}: nominal columns must be below ${columns}; got ${column}`);
      if (isNominal[column])
        throw new RangeError(`${caller}: a column may stand for one category; ${names[column]} is given twice`);
      isNominal[column] = true;
    }
    for (let row = 0; row < rows; row++) {
      const ones = list.filter((column) => values[row * columns + column] === 1).length;
      const zeros = list.filter((column) => values[row * columns + column] === 0).length;
      if (ones !== 1 || ones + zeros !== list.length)
        throw new RangeError(
          `${caller}: in row ${row} exactly one of ${list.map((column) => names[column]).join(", ")} must be 1 ` +
            "and the others 0; leave one-hot columns unstandardised",
        );
    }
  }
  return isNominal;
}

function standardDeviation({ values, columns }: Matrix, rows: Uint32Array, column: number): number {
  const mean = rows.reduce((sum, row) => sum + values[row * columns + column], 0) / rows.length;
  return Math.sqrt(rows.reduce((sum, row) => sum + (values[row * columns + column] - mean) ** 2, 0) / rows.length);
}
