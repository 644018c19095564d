import type { Matrix } from "../core/Matrix.js";

/**
 * One row per gap: `first + gap (second - first)`, for pairs of rows. A gap
 * in [0, 1] lies between them.
 *
 * @returns row-major
 */
export function interpolate({ values, columns }: Matrix, parents: Uint32Array, gaps: Float32Array): Float32Array {
  const made = new Float32Array(gaps.length * columns);
  for (let i = 0; i < gaps.length; i++) {
    const [first, second, gap] = [parents[2 * i] * columns, parents[2 * i + 1] * columns, gaps[i]];
    for (let column = 0; column < columns; column++) {
      const from = values[first + column];
      made[i * columns + column] = from + gap * (values[second + column] - from);
    }
  }
  return made;
}
