/** Ranks of numbers, and how often equal numbers share one. */
export interface AverageRanks {
  /** From 1; equal numbers share the mean of theirs, shape [n]. */
  readonly ranks: Float64Array;
  /** How many numbers each distinct value has, in ascending order of values. */
  readonly ties: readonly number[];
}

/** Ranks of numbers from 1, equal ones sharing the mean of theirs. */
export function averageRanks(values: ArrayLike<number>): AverageRanks {
  const order = Uint32Array.from({ length: values.length }, (_, row) => row).sort((a, b) => values[a] - values[b]);
  const ranks = new Float64Array(values.length);
  const ties: number[] = [];
  for (let from = 0, to = 0; from < order.length; from = to) {
    while (to < order.length && values[order[to]] === values[order[from]]) to++;
    for (let i = from; i < to; i++) ranks[order[i]] = (from + 1 + to) / 2;
    ties.push(to - from);
  }
  return { ranks, ties };
}
