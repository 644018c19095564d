import type { Matrix } from "../core/Matrix.js";
import { nearestNeighbours } from "../neighbours/nearestNeighbours.js";
import { checkTrainingRows } from "./checkTrainingRows.js";
import { type Cleaned, cleanedRows } from "./cleanedRows.js";

/** When editedNearestNeighbours drops a row. */
export interface EditedOptions {
  /** Nearest rows that vote (default 3). */
  readonly neighbours?: number;
  /**
   * all (default): one neighbour of another class suffices to drop a row; mode: another class must be commoner among
   * them than the row's own.
   */
  readonly disagree?: "all" | "mode";
  /** common (default): only rows that are not of the rarest class; both: any row. */
  readonly drop?: "common" | "both";
}

/**
 * Edited nearest neighbours (ENN): rows to keep after dropping those that their neighbours contradict.
 *
 * With labels that are noisy by nature this also drops honest rows from borders, and a model trained on the rest is
 * too sure of itself: calibrate it on rows that were not cleaned.
 *
 * @throws RangeError if rows, labels or classes are not as stated, there are too few rows, or a class would lose all
 *   its rows
 * @see Wilson 1972, doi:10.1109/TSMC.1972.4309137; imbalanced-learn's EditedNearestNeighbours
 */
export async function editedNearestNeighbours(
  features: Matrix,
  labels: Uint8Array,
  { neighbours = 3, disagree = "all", drop = "common" }: EditedOptions = {},
): Promise<Cleaned> {
  checkTrainingRows("editedNearestNeighbours", features, labels);
  const { rows: near } = await nearestNeighbours(features, { k: neighbours });
  return cleanedRows("editedNearestNeighbours", labels, drop, (row) => {
    const around = near.subarray(row * neighbours, (row + 1) * neighbours);
    if (disagree === "all") return around.some((other) => labels[other] !== labels[row]);
    const votes = new Map<number, number>();
    for (const other of around) votes.set(labels[other], (votes.get(labels[other]) ?? 0) + 1);
    const own = votes.get(labels[row]) ?? 0;
    return [...votes.values()].some((count) => count > own);
  });
}
