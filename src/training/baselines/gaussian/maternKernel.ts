import type { Matrix } from "../../../core/Matrix.js";

/**
 * How often the function can be differentiated, nearly: 5/2 is smooth; 1/2, the exponential kernel, is continuous and
 * no more, for what goes up in steps.
 */
export type KernelSmoothness = 0.5 | 2.5;

/** How alike a Gaussian process takes two rows to be. */
export interface MaternKernel {
  /** Prior variance of the function, above 0. */
  readonly variance: number;
  /** One per feature, in its unit, above 0: how far it must move before the function does. */
  readonly lengths: ArrayLike<number>;
  /** Left out where it is 2.5. */
  readonly smoothness?: KernelSmoothness;
}

/** A kernel but for its lengths, which rows are scaled by. */
type ScaledKernel = Pick<MaternKernel, "variance" | "smoothness">;

/** Features in units of their lengths, in float64: row-major, shape [rows, columns]. */
export function scaledRows({ rows, columns, values }: Matrix, lengths: ArrayLike<number>): Float64Array {
  return Float64Array.from({ length: rows * columns }, (_, i) => values[i] / lengths[i % columns]);
}

/**
 * Matérn kernel of smoothness 5/2, variance · (1 + t + t²/3) · e^-t with t = √5 · distance, or of 1/2,
 * variance · e^-distance: covariance of a row with each of some others.
 *
 * @param points    scaled rows, row-major [.., columns]
 * @param point     a scaled row, at `at` of it
 * @param count     how many of `points`, from the first on
 * @param out       written from `to` on
 * @see Rasmussen and Williams 2006, Gaussian Processes for Machine Learning, eq. 4.16 and 4.17
 */
export function maternRow(
  points: Float64Array,
  columns: number,
  { variance, smoothness }: ScaledKernel,
  point: Float64Array,
  at: number,
  count: number,
  out: Float64Array,
  to: number,
): void {
  for (let row = 0, from = 0; row < count; row++, from += columns) {
    let square = 0;
    for (let j = 0; j < columns; j++) {
      const difference = point[at + j] - points[from + j];
      square += difference * difference;
    }
    if (smoothness === 0.5) {
      out[to + row] = variance * Math.exp(-Math.sqrt(square));
      continue;
    }
    const t = Math.sqrt(5 * square);
    out[to + row] = variance * (1 + t + (t * t) / 3) * Math.exp(-t);
  }
}

/** Lower triangle of the covariances of rows, row-major [stride, stride]. */
export function fillMatern(
  points: Float64Array,
  columns: number,
  kernel: ScaledKernel,
  out: Float64Array,
  stride: number,
): void {
  const rows = points.length / columns;
  for (let row = 0; row < rows; row++)
    maternRow(points, columns, kernel, points, row * columns, row + 1, out, row * stride);
}
