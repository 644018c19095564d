/** How many rows are missing, and how alike the rows of a group are in it. */
export interface ShareProfile {
  readonly hits: number;
  readonly rows: number;
  /** Intraclass correlation, in [0, 1]; null where nothing, or everything, is missing. */
  readonly correlation: number | null;
  /** Mean size of the group that a row is in. */
  readonly groupSize: number;
}

/** How often a value is missing, by flags of rows, and how alike rows of a group are in it (analysis of variance). */
export function missingShare(flags: Uint8Array, groups: Uint32Array): ShareProfile {
  const rows = groups.length;
  // Groups are counted from 0 in order of first appearance.
  const count = groups.reduce((most, group) => Math.max(most, group + 1), 0);
  const [sizes, missing] = [new Float64Array(count), new Float64Array(count)];
  let hits = 0;
  for (let row = 0; row < rows; row++) {
    sizes[groups[row]]++;
    missing[groups[row]] += flags[row];
    hits += flags[row];
  }
  const squares = sizes.reduce((sum, size) => sum + size ** 2, 0);
  const groupSize = rows === 0 ? 1 : squares / rows;
  const share = { hits, rows, groupSize };
  if (hits === 0 || hits === rows || count < 2 || count === rows)
    return { ...share, correlation: count === rows && hits > 0 && hits < rows ? 0 : null };
  let between = 0;
  let within = 0;
  sizes.forEach((size, group) => {
    between += size * (missing[group] / size - hits / rows) ** 2;
    within += (missing[group] * (size - missing[group])) / size;
  });
  const [meanBetween, meanWithin] = [between / (count - 1), within / (rows - count)];
  const typical = (rows - groupSize) / (count - 1);
  const correlation = (meanBetween - meanWithin) / (meanBetween + (typical - 1) * meanWithin);
  return { ...share, correlation: Math.min(1, Math.max(0, correlation)) };
}
