/** Rows of floats that a softmax in float32 made miss 1 by up to about 1e-6. */
const slack = 1e-5;

/**
 * Makes sure that rows are probabilities over classes.
 *
 * @param probabilities  row-major, shape [rows, classes]
 * @param caller         function to name in the error
 * @returns the number of classes
 * @throws RangeError if there are no rows, the length is no multiple of `rows`, a probability
 *   leaves [0, 1] or is NaN, or a row's sum misses 1 by more than 1e-5 (row named)
 */
export function checkProbabilities(probabilities: ArrayLike<number>, rows: number, caller: string): number {
  const classes = probabilities.length / rows;
  if (!(rows > 0 && Number.isInteger(classes) && classes > 0))
    throw new RangeError(
      `${caller}: probabilities must be row-major, one row of classes ` +
        `per label; got ${probabilities.length} for ${rows} rows`,
    );
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let at = row * classes; at < (row + 1) * classes; at++) {
      if (!(probabilities[at] >= 0 && probabilities[at] <= 1 + slack))
        throw new RangeError(
          `${caller}: probabilities must lie in [0, 1]; row ${row}, ` +
            `class ${at - row * classes} has ${probabilities[at]}`,
        );
      sum += probabilities[at];
    }
    if (!(Math.abs(sum - 1) <= slack))
      throw new RangeError(
        `${caller}: probabilities of a row must sum to 1; row ${row} ` +
          `sums to ${sum}; turn scores into probabilities first (softmax)`,
      );
  }
  return classes;
}
