/**
 * Lower bound in ascending numbers, as in the C++ standard library: the place of the first that is at least `bound`.
 * It is how many lie below the bound, and their number if all do.
 */
export function lowerBound(ascending: ArrayLike<number>, bound: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle] < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
