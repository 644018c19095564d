/**
 * Code of the largest probability of each row; among equals the lowest code.
 *
 * @param probabilities  row-major, shape [rows, classes]
 * @param classes        1 to 65,536
 * @returns shape [rows]
 * @throws RangeError if the length is no multiple of `classes`
 */
export function likeliestClass(probabilities: ArrayLike<number>, classes: number): Uint16Array {
  const rows = probabilities.length / classes;
  if (!Number.isInteger(rows))
    throw new RangeError(
      `likeliestClass: the number of probabilities must be a multiple of the ${classes} classes; got ${probabilities.length}`,
    );
  return Uint16Array.from({ length: rows }, (_, row) => {
    let best = 0;
    for (let k = 1; k < classes; k++)
      if (probabilities[row * classes + k] > probabilities[row * classes + best]) best = k;
    return best;
  });
}
