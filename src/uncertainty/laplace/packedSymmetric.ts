import { Matrix } from "ml-matrix";

/*
 * A symmetric matrix S held as its upper triangle, row after row. Vectors x are rows of hidden units, followed by 1
 * for the bias; half of all rectified units are 0 and cost nothing.
 */

/** @param entry  of S, asked for i <= j */
export function packSymmetric(size: number, entry: (i: number, j: number) => number): Float64Array {
  const packed = new Float64Array((size * (size + 1)) / 2);
  for (let i = 0, at = 0; i < size; i++) for (let j = i; j < size; j++, at++) packed[at] = entry(i, j);
  return packed;
}

export function unpackSymmetric(packed: Float64Array, size: number): Matrix {
  const full = Matrix.zeros(size, size);
  for (let i = 0, at = 0; i < size; i++) {
    for (let j = i; j < size; j++, at++) {
      full.set(i, j, packed[at]);
      full.set(j, i, packed[at]);
    }
  }
  return full;
}

/** xᵀ S x for a row of hidden units. */
export function packedQuadratic(packed: Float64Array, hidden: ArrayLike<number>, row: number, units: number): number {
  let sum = packed[packed.length - 1];
  for (let i = 0, at = 0; i < units; i++) {
    const value = hidden[row * units + i];
    if (value !== 0) {
      let right = packed[at + units - i];
      for (let j = i + 1; j < units; j++) right += packed[at + j - i] * hidden[row * units + j];
      sum += value * (packed[at] * value + 2 * right);
    }
    at += units - i + 1;
  }
  return sum;
}

/** Adds weight · x xᵀ for a row of hidden units. */
export function addOuterProduct(
  packed: Float64Array,
  weight: number,
  hidden: ArrayLike<number>,
  row: number,
  units: number,
): void {
  for (let i = 0, at = 0; i <= units; i++) {
    const value = weight * (i < units ? hidden[row * units + i] : 1);
    if (value !== 0) {
      for (let j = i; j < units; j++) packed[at + j - i] += value * hidden[row * units + j];
      packed[at + units - i] += value;
    }
    at += units - i + 1;
  }
}
