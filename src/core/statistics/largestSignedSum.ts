/** More signs than this would take too long to look through. */
const mostSums = 20;

/**
 * The largest of Σ sⱼ·sumⱼ + reach · √(sᵀ·covariance·s) over all signs sⱼ = ±1: the upper bound of Σ |true sumⱼ|.
 *
 * Σ |true sumⱼ| is the sum under the true signs, which nobody knows. Under any signs given beforehand, sum plus reach
 * standard errors is a bound; so the largest over all signs is one too, without a correction for looking at many
 * (intersection-union test).
 *
 * @param sums        estimates, shape [k], k from 1 to 20
 * @param covariance  of the estimates, row-major, shape [k, k], symmetric and positive semidefinite
 * @param reach       standard errors that a bound of one sum lies above it, at least 0
 * @throws RangeError if there are no sums or more than 20
 * @see Berger 1982, doi:10.1080/00401706.1982.10487790 (intersection-union tests)
 */
export function largestSignedSum(sums: ArrayLike<number>, covariance: ArrayLike<number>, reach: number): number {
  const k = sums.length;
  if (!(k >= 1 && k <= mostSums))
    throw new RangeError(`largestSignedSum: from 1 to ${mostSums} sums can be signed; got ${k}`);
  const signs = Float64Array.from({ length: k }, (_, j) => (sums[j] < 0 ? -1 : 1));
  // Flipping the sign of a sum costs twice its size: the cheapest first, so that a search can stop at one too dear.
  const order = Array.from({ length: k }, (_, j) => j).sort((a, b) => Math.abs(sums[a]) - Math.abs(sums[b]));
  // covariance · signs, kept up to date as signs flip.
  const turned = Float64Array.from({ length: k }, (_, j) => {
    let total = 0;
    for (let i = 0; i < k; i++) total += covariance[j * k + i] * signs[i];
    return total;
  });
  let widest = 0;
  for (let at = 0; at < k * k; at++) widest += Math.abs(covariance[at]);
  const mostReach = reach * Math.sqrt(widest);
  let total = 0;
  let variance = 0;
  for (let j = 0; j < k; j++) {
    total += Math.abs(sums[j]);
    variance += signs[j] * turned[j];
  }
  let largest = total + reach * Math.sqrt(Math.max(0, variance));
  const flip = (j: number): void => {
    for (let i = 0; i < k; i++) turned[i] -= 2 * signs[j] * covariance[i * k + j];
    signs[j] = -signs[j];
  };
  const visit = (from: number, sum: number, spread: number): void => {
    for (let at = from; at < k; at++) {
      const j = order[at];
      const less = sum - 2 * Math.abs(sums[j]);
      if (less + mostReach <= largest) return;
      const flipped = spread + 4 * (covariance[j * k + j] - signs[j] * turned[j]);
      largest = Math.max(largest, less + reach * Math.sqrt(Math.max(0, flipped)));
      flip(j);
      visit(at + 1, less, flipped);
      flip(j);
    }
  };
  visit(0, total, variance);
  return largest;
}
