/**
 * Where to cut probabilities into bins of equal mass: bin j holds those above cut j - 1 and up to cut j. Numbers of
 * values differ by at most one, the first bins take the surplus; equal values stay in one bin, so that a bin can be
 * left empty.
 *
 * @param probabilities  shape [n], n at least 1; cut bins on other rows than those that are judged, where there are any
 * @param bins           at least 1 (default 15)
 * @returns ascending, shape [bins - 1]
 * @throws RangeError if there are no values, one is outside [0, 1], or bins is not an integer of at least 1
 */
export function equalMassCuts(probabilities: ArrayLike<number>, bins = 15): Float64Array {
  if (!(Number.isInteger(bins) && bins >= 1))
    throw new RangeError(`equalMassCuts: bins must be an integer of at least 1; got ${bins}`);
  const n = probabilities.length;
  if (n === 0) throw new RangeError("equalMassCuts: at least one probability is needed; got none");
  for (let row = 0; row < n; row++)
    if (!(probabilities[row] >= 0 && probabilities[row] <= 1))
      throw new RangeError(`equalMassCuts: probabilities must lie in [0, 1]; row ${row} has ${probabilities[row]}`);
  const sorted = Float64Array.from(probabilities).sort();
  const [size, surplus] = [Math.floor(n / bins), n % bins];
  // Of fewer values than bins the first bins take one each, and the last are empty.
  return Float64Array.from({ length: bins - 1 }, (_, bin) => {
    const end = (bin + 1) * size + Math.min(bin + 1, surplus);
    return sorted[end - 1];
  });
}
