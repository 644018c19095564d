/**
 * Linear interpolation between order statistics (type 7 of Hyndman and Fan 1996, doi:10.1080/00031305.1996.10473566).
 *
 * @param sorted       ascending, at least one value
 * @param probability  in [0, 1]
 */
export function sortedQuantile(sorted: ArrayLike<number>, probability: number): number {
  const position = probability * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
}
