import type { Random } from "../../core/random/Random.js";
import { rowsOfBatches, type TrainingExperiments } from "./phaseExperiments.js";

/** Rows of the train part that a search is handed: no batch stands in two of them. */
export interface SearchRows {
  /** That settings learn from. */
  readonly train: Uint32Array;
  /** By whose loss a setting is chosen. */
  readonly choose: Uint32Array;
  /** That choose nothing, and tell what the choice is worth. */
  readonly fresh: Uint32Array;
}

/**
 * Draws rows for a search from the train part alone: tune rows are left for what compares the setting that was found
 * with the one that stands, and the test is not touched.
 *
 * @param wanted  rows of each, rounded up to whole batches
 * @throws RangeError if the train part has fewer
 */
export function searchRows(
  { table, split }: Pick<TrainingExperiments, "table" | "split">,
  wanted: { readonly [Part in keyof SearchRows]: number },
  random: Random,
): SearchRows {
  const taken = new Set<number>();
  const firstOf = rowsOfBatches(table, split.train, random);
  const next = (many: number): Uint32Array => {
    const rows = firstOf(taken.size + many).filter((row) => !taken.has(row));
    for (const row of rows) taken.add(row);
    return rows;
  };
  return { train: next(wanted.train), choose: next(wanted.choose), fresh: next(wanted.fresh) };
}
