/** How much smaller one loss is than another on the same rows. */
export interface PairedGain {
  /** Mean over rows; above 0: the second is the better. */
  readonly gain: number;
  /** Of the mean, over groups. */
  readonly standardError: number;
}

/**
 * Mean of paired differences of losses and its standard error. Rows of a group count as one witness: the error is that
 * of a ratio of sums over groups.
 *
 * @param losses  of the one that stands, one per row
 * @param rivals  of the other, likewise
 * @param codes   group of each row, from 0
 * @returns an infinite standard error where there is one group only
 * @see Cochran 1977, Sampling Techniques, section 6.3 (variance of a ratio)
 */
export function pairedGain(losses: ArrayLike<number>, rivals: ArrayLike<number>, codes: ArrayLike<number>): PairedGain {
  const rows = losses.length;
  const sums: number[] = [];
  const counts: number[] = [];
  let total = 0;
  for (let row = 0; row < rows; row++) {
    const difference = losses[row] - rivals[row];
    sums[codes[row]] = (sums[codes[row]] ?? 0) + difference;
    counts[codes[row]] = (counts[codes[row]] ?? 0) + 1;
    total += difference;
  }
  const gain = total / rows;
  const groups = Object.keys(sums).map(Number);
  const squares = groups.reduce((sum, group) => sum + (sums[group] - counts[group] * gain) ** 2, 0);
  const standardError =
    groups.length < 2 ? Infinity : Math.sqrt((groups.length / (groups.length - 1)) * squares) / rows;
  return { gain, standardError };
}
