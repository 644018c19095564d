/** Place of the first of ascending numbers that is at least the bound, which is how many lie below it; their number if none is. */
export function firstAtLeast(ascending: ArrayLike<number>, bound: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle] < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
