/**
 * Whole numbers in proportion to weights, with a given sum: each gets the floor of its quota, and what is left goes one
 * by one to the largest fractions. Also known as Hamilton's method.
 *
 * Ties: of equal fractions the first in the list comes first. Whole weights are compared exactly; of others, fractions
 * are equal where float64 makes them so, which it does for equal weights, not always for 0.1 and 0.3 of 15.
 *
 * @param weights  at least 0, not all 0 unless total is 0
 * @param total    whole number, at least 0
 * @returns shape of `weights`; every number is the floor or the ceiling of its quota
 * @throws RangeError if a weight or the total is not as stated
 */
export function largestRemainder(weights: ArrayLike<number>, total: number): Uint32Array {
  const all = Array.from(weights);
  const sum = all.reduce((a, b) => a + b, 0);
  if (!(Number.isInteger(total) && total >= 0))
    throw new RangeError(`largestRemainder: the total must be a whole number of at least 0; got ${total}`);
  if (!all.every((weight) => weight >= 0 && Number.isFinite(weight)) || (sum === 0 && total > 0))
    throw new RangeError(
      `largestRemainder: weights must be numbers of at least 0, one of them above; got ${all.join(", ")}`,
    );
  if (total === 0) return new Uint32Array(all.length);
  const quotas = all.map((weight) => (weight * total) / sum);
  const given = Uint32Array.from(quotas, Math.floor);
  // Of whole weights the fractions are compared as whole numbers: rounding would untie equal ones.
  const isWhole = all.every(Number.isInteger) && all.every((weight) => Number.isSafeInteger(weight * total));
  const fractions = all.map((weight, i) => (isWhole ? (weight * total) % sum : quotas[i] - given[i]));
  const order = all.map((_, i) => i).sort((a, b) => fractions[b] - fractions[a] || a - b);
  let left = total - given.reduce((a, b) => a + b, 0);
  for (let i = 0; left > 0; i = (i + 1) % order.length, left--) given[order[i]]++;
  return given;
}
