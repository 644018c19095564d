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
    const [from, to] = [row * width, row * classes];
    let greatest = -Infinity;
    for (let k = 0; k < classes; k++) if (logits[from + k] > greatest) greatest = logits[from + k];
    let total = 0;
    for (let k = 0; k < classes; k++) total += probabilities[to + k] = Math.exp(logits[from + k] - greatest);
    for (let k = 0; k < classes; k++) probabilities[to + k] /= total;
  }
  return probabilities;
}
