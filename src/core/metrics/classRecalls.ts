import { confusionMargins, confusionMatrix } from "./confusionMatrix.js";
import type { Interval } from "../statistics/Interval.js";
import { wilsonInterval } from "../statistics/wilsonInterval.js";

/** How many rows of one class were recognised. */
export interface ClassRecall {
  /** In [0, 1]; null where no row is of the class. */
  readonly recall: number | null;
  /** Wilson's; it takes rows for independent, which rows of one lab or paper are not. */
  readonly interval: Interval | null;
  /** Rows of the class. */
  readonly n: number;
}

/**
 * Recall of each class, with its interval and the rows behind it.
 *
 * @param labels       true class codes, shape [n]
 * @param predictions  predicted class codes, shape [n]
 * @returns by class code
 * @throws RangeError as confusionMatrix and wilsonInterval do
 */
export function classRecalls(
  labels: ArrayLike<number>,
  predictions: ArrayLike<number>,
  { classes, level = 0.95 }: { readonly classes?: number; readonly level?: number } = {},
): readonly ClassRecall[] {
  const { truth, hits } = confusionMargins(confusionMatrix(labels, predictions, { classes }));
  return Array.from(truth, (n, k) =>
    n === 0
      ? { recall: null, interval: null, n }
      : { recall: hits[k] / n, interval: wilsonInterval(hits[k], n, { level }), n },
  );
}
