import { checkCodes } from "./checkCodes.js";
import { rowWeights } from "../statistics/rowWeights.js";

/** What was true against what was predicted. */
export interface ConfusionMatrix {
  readonly classes: number;
  /** Rows, or their weights, by [truth * classes + prediction]. */
  readonly counts: Float64Array;
}

/** How rows count, for all metrics over class codes. */
export interface CodesOptions {
  /** How many codes there are; by default as many as labels and predictions show. */
  readonly classes?: number;
  /** One per row, at least 0 (default 1 each). */
  readonly weights?: ArrayLike<number>;
}

/**
 * Counts rows by true and predicted class.
 *
 * @param labels       true class codes, shape [n], n at least 1
 * @param predictions  predicted class codes, shape [n]
 * @throws RangeError if lengths differ or are 0, a code is not below `classes`, there are more than 4,096 classes, or
 *   weights are negative or all 0
 *
 * @example
 * ```ts
 * import { confusionMatrix } from "cspbbr3-twin";
 *
 * console.log(confusionMatrix([0, 0, 0, 1], [0, 0, 1, 1]));
 * // { classes: 2, counts: Float64Array(4) [ 2, 1, 0, 1 ] }
 * ```
 */
export function confusionMatrix(
  labels: ArrayLike<number>,
  predictions: ArrayLike<number>,
  { classes = 1 + Math.max(largest(labels), largest(predictions)), weights }: CodesOptions = {},
): ConfusionMatrix {
  if (labels.length !== predictions.length)
    throw new RangeError(
      `confusionMatrix: one prediction per label is needed; got ${predictions.length} for ${labels.length} labels`,
    );
  const weight = rowWeights(weights, labels.length, "confusionMatrix");
  checkCodes(labels, classes, "confusionMatrix");
  checkCodes(predictions, classes, "confusionMatrix of predictions");
  if (classes > mostClasses)
    throw new RangeError(
      `confusionMatrix: there may be at most ${mostClasses} classes; got codes below ${classes}; ` +
        "number the classes 0, 1, 2 and so on",
    );
  const counts = new Float64Array(classes * classes);
  for (let row = 0; row < labels.length; row++) counts[labels[row] * classes + predictions[row]] += weight[row];
  return { classes, counts };
}

/** Whose counts take 128 MB. */
const mostClasses = 4096;

/** Sums of a confusion matrix by class, and over all. */
export interface ConfusionMargins {
  /** Rows truly of each class. */
  readonly truth: Float64Array;
  readonly predicted: Float64Array;
  /** Rows of each class that were predicted to be of it. */
  readonly hits: Float64Array;
  readonly total: number;
}

export function confusionMargins({ classes, counts }: ConfusionMatrix): ConfusionMargins {
  const [truth, predicted, hits] = [new Float64Array(classes), new Float64Array(classes), new Float64Array(classes)];
  let total = 0;
  counts.forEach((count, at) => {
    const [row, column] = [Math.floor(at / classes), at % classes];
    truth[row] += count;
    predicted[column] += count;
    if (row === column) hits[row] = count;
    total += count;
  });
  return { truth, predicted, hits, total };
}

function largest(codes: ArrayLike<number>): number {
  let most = 0;
  for (let row = 0; row < codes.length; row++) if (codes[row] > most) most = codes[row];
  return Math.floor(most);
}
