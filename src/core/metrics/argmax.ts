/**
 * Argmax of each row: the class code with the largest probability; among equals the lowest code.
 *
 * @param probabilities  row-major, shape [rows, classes]
 * @param classes        1 to 65,536
 * @returns shape [rows]
 * @throws RangeError if the length is no multiple of `classes`
 *
 * @example
 * ```ts
 * import { argmax } from "cspbbr3-twin";
 *
 * console.log(argmax([0.1, 0.7, 0.2, 0.4, 0.2, 0.4], 3));
 * // Uint16Array(2) [ 1, 0 ]
 * ```
 */
export function argmax(probabilities: ArrayLike<number>, classes: number): Uint16Array {
  const rows = probabilities.length / classes;
  if (!Number.isInteger(rows))
    throw new RangeError(
      `argmax: the number of probabilities must be a multiple of the ${classes} classes; got ${probabilities.length}`,
    );
  return Uint16Array.from({ length: rows }, (_, row) => {
    let best = 0;
    for (let k = 1; k < classes; k++)
      if (probabilities[row * classes + k] > probabilities[row * classes + best]) best = k;
    return best;
  });
}
