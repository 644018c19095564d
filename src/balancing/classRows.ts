/** Names of classes for messages; their codes are their places. */
export interface ClassNames {
  readonly classes?: readonly string[];
}

/** Rows of each class, ascending, by code; a code that no row has gets an empty list. */
export function classRows(labels: Uint8Array, { classes }: ClassNames = {}): Uint32Array[] {
  const counts = new Array<number>(
    Math.max(
      classes?.length ?? 0,
      labels.reduce((most, label) => Math.max(most, label + 1), 0),
    ),
  ).fill(0);
  for (const label of labels) counts[label]++;
  const rows = counts.map((count) => new Uint32Array(count));
  const filled = counts.map(() => 0);
  labels.forEach((label, row) => (rows[label][filled[label]++] = row));
  return rows;
}

export function className(label: number, { classes }: ClassNames): string {
  return classes?.[label] === undefined ? `class ${label}` : `"${classes[label]}"`;
}
