/**
 * Index of the share in which u falls when shares are laid end to end; the last one takes what rounding leaves over.
 *
 * @param shares  at least 0, sum 1
 * @param u       in [0, 1)
 */
export function pickShare(shares: readonly number[], u: number): number {
  let cumulated = 0;
  for (let i = 0; i < shares.length - 1; i++) {
    cumulated += shares[i];
    if (u < cumulated) return i;
  }
  return shares.length - 1;
}
