/**
 * Makes sure that labels are class codes.
 *
 * @param caller  function to name in the error
 * @throws RangeError if a label is not an integer in 0 .. classes - 1 (row named)
 */
export function checkCodes(labels: ArrayLike<number>, classes: number, caller: string): void {
  for (let row = 0; row < labels.length; row++) {
    if (!(Number.isInteger(labels[row]) && labels[row] >= 0 && labels[row] < classes))
      throw new RangeError(`${caller}: labels must be codes below ${classes}; row ${row} has ${labels[row]}`);
  }
}
