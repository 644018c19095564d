/**
 * Makes sure that labels are 0 or 1 and scores finite, one per label.
 *
 * @param caller  function to name in the error
 * @throws RangeError naming the row
 */
export function checkScores(labels: ArrayLike<number>, scores: ArrayLike<number>, caller: string): void {
  if (labels.length !== scores.length)
    throw new RangeError(`${caller}: one score per label is needed; got ${scores.length} for ${labels.length} labels`);
  for (let row = 0; row < labels.length; row++) {
    if (labels[row] !== 0 && labels[row] !== 1)
      throw new RangeError(
        `${caller}: labels must be 0 or 1; row ${row} has ` +
          `${labels[row]}; of several classes take one with oneAgainstRest`,
      );
    if (!Number.isFinite(scores[row]))
      throw new RangeError(`${caller}: scores must be finite; row ${row} has ${scores[row]}`);
  }
}
