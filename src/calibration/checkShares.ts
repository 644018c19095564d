/**
 * Makes sure that class shares are shares.
 *
 * @param what  caller and which shares, for the error
 * @throws RangeError if there are none, one is negative or not finite, or they miss 1 by more than 1e-6
 */
export function checkShares(shares: ArrayLike<number>, what: string): void {
  const all = Array.from(shares);
  const sum = all.reduce((a, b) => a + b, 0);
  if (!(all.every((share) => share >= 0) && Math.abs(sum - 1) <= 1e-6))
    throw new RangeError(
      `${what} shares must be at least 0 and sum to 1; got [${all.join(", ")}], sum ${sum}; divide counts by their sum`,
    );
}
