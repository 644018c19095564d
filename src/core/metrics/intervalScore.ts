import { checkLevel } from "../statistics/checkLevel.js";
/**
 * Score of prediction intervals: their width, plus 2 / (1 - level) times the distance by which the truth falls outside.
 * Proper for the two quantiles that leave equal tails. Smaller is better; in the unit of the target.
 *
 * @param truth  shape [n], finite
 * @param lows   shape [n], finite
 * @param highs  shape [n], finite, each at least its low
 * @param level  coverage that the intervals were made for, in (0, 1)
 * @returns one score per row, at least 0; of their mean meanWithInterval gives the interval
 * @throws RangeError if lengths differ or are 0, the level is another, or a number does not fit (row named)
 * @see Gneiting and Raftery 2007, doi:10.1198/016214506000001437, equation 43
 */
export function intervalScore(
  truth: ArrayLike<number>,
  lows: ArrayLike<number>,
  highs: ArrayLike<number>,
  { level }: { readonly level: number },
): Float64Array {
  const n = truth.length;
  if (n === 0 || lows.length !== n || highs.length !== n)
    throw new RangeError(
      "intervalScore: one interval per true value is needed, and at least " +
        `one; got ${lows.length} lows and ${highs.length} highs for ${n}`,
    );
  checkLevel(level, "intervalScore");
  return Float64Array.from({ length: n }, (_, row) => {
    const [value, low, high] = [truth[row], lows[row], highs[row]];
    if (!(Number.isFinite(value) && Number.isFinite(low) && Number.isFinite(high) && low <= high))
      throw new RangeError(
        "intervalScore: low <= high must hold and numbers be finite; " +
          `row ${row} has truth ${value}, low ${low}, high ${high}`,
      );
    return high - low + (2 / (1 - level)) * Math.max(low - value, value - high, 0);
  });
}
