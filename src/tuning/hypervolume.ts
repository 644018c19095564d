/**
 * Volume between points and a reference that is worse than all of them: what they dominate of it.
 *
 * Objective by objective: slices between neighbouring values of the last one, each as deep as the slice and as wide as
 * the volume of the points that reach it in the other objectives.
 *
 * @param losses     of each point, one per objective; smaller is better
 * @param reference  one per objective; points that are not better in all of them count for nothing
 */
export function hypervolume(losses: readonly (readonly number[])[], reference: readonly number[]): number {
  const last = reference.length - 1;
  const sorted = losses
    .filter((point) => point.every((loss, i) => loss < reference[i]))
    .sort((a, b) => a[last] - b[last]);
  if (sorted.length === 0) return 0;
  if (last === 0) return reference[0] - sorted[0][0];
  let [volume, least] = [0, Infinity];
  sorted.forEach((point, at) => {
    const depth = (sorted[at + 1]?.[last] ?? reference[last]) - point[last];
    least = Math.min(least, point[0]);
    if (depth === 0) return;
    if (last === 1) volume += depth * (reference[0] - least);
    else
      volume +=
        depth *
        hypervolume(
          sorted.slice(0, at + 1).map((one) => one.slice(0, last)),
          reference.slice(0, last),
        );
  });
  return volume;
}
