/**
 * Makes sure that there is one normal forecast per true value.
 *
 * @param caller  function to name in the error
 * @throws RangeError if there are no rows, lengths differ, a number is not finite or a sigma not above 0 (row named)
 */
export function checkGaussians(
  truth: ArrayLike<number>,
  means: ArrayLike<number>,
  sigmas: ArrayLike<number>,
  caller: string,
): void {
  const n = truth.length;
  if (n === 0 || means.length !== n || sigmas.length !== n)
    throw new RangeError(
      `${caller}: one mean and one sigma per true value are needed, and ` +
        `at least one; got ${means.length} and ${sigmas.length} for ${n}`,
    );
  for (let row = 0; row < n; row++) {
    if (!(Number.isFinite(truth[row]) && Number.isFinite(means[row]) && sigmas[row] > 0 && sigmas[row] < Infinity)) {
      throw new RangeError(
        `${caller}: truth and mean must be finite and sigma above 0; ` +
          `row ${row} has ${truth[row]}, ${means[row]} and ${sigmas[row]}`,
      );
    }
  }
}
