/**
 * Weights of rows, checked; 1 each where none are given.
 *
 * @param caller  function to name in the error
 * @throws RangeError if there are no rows, their number differs,
 *   one is negative or not finite (row named), or all are 0
 */
export function rowWeights(weights: ArrayLike<number> | undefined, rows: number, caller: string): ArrayLike<number> {
  if (rows === 0) throw new RangeError(`${caller}: at least one row is needed; got none`);
  if (weights === undefined) return new Float64Array(rows).fill(1);
  if (weights.length !== rows)
    throw new RangeError(`${caller}: one weight per row is needed; got ${weights.length} weights for ${rows} rows`);
  let total = 0;
  for (let row = 0; row < rows; row++) {
    if (!(weights[row] >= 0 && weights[row] < Infinity))
      throw new RangeError(`${caller}: weights must be finite and at least 0; row ${row} has ${weights[row]}`);
    total += weights[row];
  }
  if (!(total > 0))
    throw new RangeError(
      `${caller}: at least one row must have a weight above 0; all ${rows} are 0; give weights or leave them out`,
    );
  return weights;
}
