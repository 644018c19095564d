/**
 * Upper bound in ascending numbers, as in the C++ standard library: the place of the first that is above `bound`. It is
 * how many are at most the bound.
 */
export function upperBound(ascending: ArrayLike<number>, bound: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle] <= bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
