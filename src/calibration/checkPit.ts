/**
 * Makes sure that numbers are probability integral transforms.
 *
 * @param caller  function to name in the error
 * @throws RangeError if there are fewer than 2, or one leaves [0, 1] or is NaN (row named)
 */
export function checkPit(pit: ArrayLike<number>, caller: string): void {
  if (pit.length < 2) throw new RangeError(`${caller}: at least 2 rows are needed; got ${pit.length}`);
  for (let row = 0; row < pit.length; row++)
    if (!(pit[row] >= 0 && pit[row] <= 1))
      throw new RangeError(`${caller}: probabilities must lie in [0, 1]; row ${row} has ${pit[row]}`);
}
