import { lowerBound } from "../../core/lowerBound.js";
import type { Matrix } from "../../core/Matrix.js";

/** Features as bins: what a tree may ask of a feature is whether its bin is at most some bin. */
export interface BinnedFeatures {
  /** Column after column, shape [columns, rows]. */
  readonly bins: Uint8Array;
  /**
   * For each column the borders between its bins, ascending: bin b holds values above border b - 1 and up to border b.
   */
  readonly borders: readonly Float32Array[];
  /** For each column the least value that each bin holds. */
  readonly least: readonly Float32Array[];
  /** For each column the greatest value that each bin holds. */
  readonly greatest: readonly Float32Array[];
}

/**
 * Cuts each feature into at most `most` bins of about equal numbers of rows. A border is half way between two values
 * that occur; a feature with no more values than bins has a border between each two.
 *
 * @param most  2 to 256
 */
export function binFeatures({ rows, columns, values }: Matrix, most: number): BinnedFeatures {
  const bins = new Uint8Array(rows * columns);
  const column = new Float32Array(rows);
  const [least, greatest]: [Float32Array[], Float32Array[]] = [[], []];
  const borders = Array.from({ length: columns }, (_, j) => {
    for (let row = 0; row < rows; row++) column[row] = values[row * columns + j];
    const sorted = column.slice().sort();
    const cuts = bordersOf(sorted, most);
    const first = new Float32Array(cuts.length + 1);
    const last = new Float32Array(cuts.length + 1);
    for (let i = rows - 1; i >= 0; i--) first[lowerBound(cuts, sorted[i])] = sorted[i];
    for (let i = 0; i < rows; i++) last[lowerBound(cuts, sorted[i])] = sorted[i];
    for (let row = 0; row < rows; row++) bins[j * rows + row] = lowerBound(cuts, column[row]);
    least.push(first);
    greatest.push(last);
    return cuts;
  });
  return { bins, borders, least, greatest };
}

function bordersOf(sorted: Float32Array, most: number): Float32Array {
  const steps: number[] = [];
  for (let i = 1; i < sorted.length; i++) if (sorted[i] > sorted[i - 1]) steps.push(i);
  // Where each bin but the first would begin if all had the same number of rows; a value never falls into two bins.
  const wanted =
    steps.length < most
      ? steps
      : Array.from(
          { length: most - 1 },
          (_, b) => steps[lowerBound(steps, ((b + 1) * sorted.length) / most)] ?? 0,
        ).filter((start, b, all) => start > 0 && start !== all[b - 1]);
  return Float32Array.from(wanted, (i) => between(sorted[i - 1], sorted[i]));
}

/** A float32 that is at least the lower of two neighbours and below the upper. */
function between(low: number, high: number): number {
  const middle = Math.fround(low + (high - low) / 2);
  return middle < high ? middle : low;
}
