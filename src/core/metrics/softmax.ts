/**
 * Probabilities of logits, shifted by the greatest of each row so that none overflows.
 *
 * @param logits   row-major, each row its logits first, [rows, width]
 * @param classes  number of logits of a row
 * @param width    numbers to a row, where others follow the logits (default as many as classes)
 * @returns row-major, shape [rows, classes]
 */
export function softmax(logits: ArrayLike<number>, classes: number, width: number = classes): Float64Array {
  const rows = logits.length / width;
  const probabilities = new Float64Array(rows * classes);
  for (let row = 0; row < rows; row++) {
    for (let k = 0; k < classes; k++) probabilities[row * classes + k] = logits[row * width + k];
    softmaxRow(probabilities, row * classes, classes);
  }
  return probabilities;
}

/** The same in place, of one row of logits that begins at `from`. */
export function softmaxRow(values: Float64Array, from: number, classes: number): void {
  let greatest = -Infinity;
  for (let k = 0; k < classes; k++) if (values[from + k] > greatest) greatest = values[from + k];
  let total = 0;
  for (let k = 0; k < classes; k++) total += values[from + k] = Math.exp(values[from + k] - greatest);
  for (let k = 0; k < classes; k++) values[from + k] /= total;
}
