/** Products such as 10 · (1 - 0.7) miss the whole number by rounding; ranks must not. */
export const rounding = 1e-9;

/**
 * Which of n calibration scores of nonconformity, ascending and counted from 1, covers a new row with probability 1 -
 * alpha: ceil((n + 1)(1 - alpha)). Above n no score does. The plain quantile ceil(n (1 - alpha)) covers too little:
 * the new row's own score is one of n + 1.
 *
 * @see Vovk, Gammerman and Shafer 2005, doi:10.1007/b106715
 */
export function conformalRank(n: number, alpha: number): number {
  return Math.max(1, Math.ceil((n + 1) * (1 - alpha) - rounding));
}

/** Fewest calibration rows (or groups) with which a finite threshold exists: 1/alpha - 1, rounded up. */
export function rowsNeeded(alpha: number): number {
  return Math.max(1, Math.ceil(1 / alpha - 1 - rounding));
}
