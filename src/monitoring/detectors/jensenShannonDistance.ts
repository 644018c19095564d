/**
 * Jensen-Shannon distance of two distributions over cells: the square root of the divergence in bits. 0 where they are
 * alike, 1 where they have no cell in common.
 *
 * @param a,b  rows per cell, at least 0, of equal length, with a row each
 * @see Endres and Schindelin 2003, doi:10.1109/TIT.2003.813506
 */
export function jensenShannonDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [rowsA, rowsB] = [0, 0];
  for (let cell = 0; cell < a.length; cell++) {
    rowsA += a[cell];
    rowsB += b[cell];
  }
  let bits = 0;
  for (let cell = 0; cell < a.length; cell++) {
    const [p, q] = [a[cell] / rowsA, b[cell] / rowsB];
    const middle = (p + q) / 2;
    if (p > 0) bits += p * Math.log2(p / middle);
    if (q > 0) bits += q * Math.log2(q / middle);
  }
  // Rounding leaves a hair below 0 or above 1.
  return Math.sqrt(Math.min(1, Math.max(0, bits / 2)));
}
