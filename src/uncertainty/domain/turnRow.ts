/** Axes as turnRow takes them: for each feature its number on every axis. */
export function turnsOf(axes: readonly ArrayLike<number>[]): Float64Array {
  const features = axes[0]?.length ?? 0;
  const turns = new Float64Array(features * axes.length);
  for (let at = 0; at < turns.length; at++) turns[at] = axes[at % axes.length][Math.floor(at / axes.length)];
  return turns;
}

/**
 * Writes a row of finite numbers, turned onto the axes, into `turned`: on each axis summed up feature by feature.
 *
 * @param memory.told  one place per feature, written over
 */
export function turnRow(
  turns: Float64Array,
  row: Float64Array,
  { turned, told }: { readonly turned: Float64Array; readonly told: Int32Array },
): void {
  const width = turned.length;
  // Many features are 0, as most levels of a category are, and add nothing.
  let some = 0;
  for (let i = 0; i < row.length; i++) if (row[i] !== 0) told[some++] = i;
  turned.fill(0);
  // Four at a time, one added after the other: the sum is read and written once for them.
  let from = 0;
  for (; from + 4 <= some; from += 4) {
    const [i, j, k, l] = [told[from], told[from + 1], told[from + 2], told[from + 3]];
    const [a, b, c, d] = [row[i], row[j], row[k], row[l]];
    const [atA, atB, atC, atD] = [i * width, j * width, k * width, l * width];
    for (let axis = 0; axis < width; axis++)
      turned[axis] =
        turned[axis] + turns[atA + axis] * a + turns[atB + axis] * b + turns[atC + axis] * c + turns[atD + axis] * d;
  }
  for (; from < some; from++) {
    const [value, at] = [row[told[from]], told[from] * width];
    for (let axis = 0; axis < width; axis++) turned[axis] += turns[at + axis] * value;
  }
}
