import { SearchLayout } from "./SearchLayout.js";

const { mostPairs, largestCode } = SearchLayout;
/**
 * Coordinates are cut off at this many times their root mean square, so
 * that one outlier does not make all others alike.
 */
const reach = 8;

/**
 * Small integers for points, such that codes are never farther apart than
 * points, in units of 1/scale, but for rounding.
 */
export interface PointCodes {
  /** Pairs of coordinates in a code; where the number of coordinates is odd, the last of them is 0. */
  readonly pairs: number;
  /** Codes per unit of distance. */
  readonly scale: number;
  /** Writes the code of a row. @returns the square of its length */
  write(row: number, code: Int16Array): number;
}

/**
 * The columns that vary most, one coordinate each, and in the last coordinate the length of all others together: by the
 * triangle inequality two points are at least as far apart as their shortened versions. Cutting off at a bound moves
 * points together too, never apart.
 *
 * @param among  rows that mean, spread and scale are taken from
 */
export function pointCodes(values: Float32Array, columns: number, among: Uint32Array): PointCodes {
  const { means, variances } = moments(values, columns, among);
  const order = Array.from(means.keys()).sort((a, b) => variances[b] - variances[a] || a - b);
  const pairs = Math.min(mostPairs, Math.ceil(columns / 2));
  const kept = order.slice(0, columns <= 2 * pairs ? columns : 2 * pairs - 1);
  const rest = order.slice(kept.length);
  // With nothing but equal rows any scale will do.
  const rootMeanSquare = Math.sqrt(
    Math.max(
      variances[order[0]],
      rest.reduce((sum, column) => sum + variances[column], 0),
    ),
  );
  const scale = rootMeanSquare > 0 ? largestCode / (reach * rootMeanSquare) : 1;
  const rounded = (value: number): number => Math.round(Math.max(-largestCode, Math.min(largestCode, value * scale)));
  return {
    pairs,
    scale,
    write(row, code) {
      const at = row * columns;
      let square = 0;
      for (let i = 0; i < kept.length; i++) {
        const column = kept[i];
        const value = rounded(values[at + column] - means[column]);
        code[i] = value;
        square += value * value;
      }
      if (rest.length > 0) {
        let sum = 0;
        for (let i = 0; i < rest.length; i++) {
          const gap = values[at + rest[i]] - means[rest[i]];
          sum += gap * gap;
        }
        const value = rounded(Math.sqrt(sum));
        code[kept.length] = value;
        square += value * value;
      }
      return square;
    },
  };
}

function moments(
  values: Float32Array,
  columns: number,
  among: Uint32Array,
): { readonly means: Float64Array; readonly variances: Float64Array } {
  const [means, variances] = [new Float64Array(columns), new Float64Array(columns)];
  for (const row of among)
    for (let column = 0; column < columns; column++) means[column] += values[row * columns + column] / among.length;
  for (const row of among) {
    for (let column = 0; column < columns; column++) {
      const gap = values[row * columns + column] - means[column];
      variances[column] += (gap * gap) / among.length;
    }
  }
  return { means, variances };
}
