import { confusionMargins, confusionMatrix, type CodesOptions } from "./confusionMatrix.js";

/** All in [0, 1], larger is better; null where nothing defines them. */
export interface PrecisionRecallF1 {
  /** Share of the rows predicted to be of the class that are; null where none was predicted. */
  readonly precision: number | null;
  /** Share of the rows of the class that were predicted to be of it; null where there are none. */
  readonly recall: number | null;
  /** Harmonic mean of both, 2 hits / (truth + predicted); null where the class neither occurs nor is predicted. */
  readonly f1: number | null;
}

export interface ClassScores extends PrecisionRecallF1 {
  /** Rows of the class, or their weights. */
  readonly support: number;
}

export interface PrecisionRecallF1Report {
  /** By class code. */
  readonly perClass: readonly ClassScores[];
  /**
   * Plain mean over classes that occur among labels or predictions (recall: among
   * labels); precision is null if one of the labels' classes is never predicted.
   */
  readonly macro: PrecisionRecallF1;
  /** Mean over classes by support; precision is null as above. */
  readonly weighted: PrecisionRecallF1;
  /** Pooled over classes: where each row has one class, precision, recall and F1 are all the accuracy. */
  readonly micro: number;
}

/**
 * Precision, recall and F1 of each class and over classes. What is undefined is null here where scikit-learn gives 0;
 * everything else agrees with it (macro over the union of true and predicted classes).
 *
 * @param labels       true class codes, shape [n]
 * @param predictions  predicted class codes, shape [n]
 * @throws RangeError as confusionMatrix does
 */
export function precisionRecallF1(
  labels: ArrayLike<number>,
  predictions: ArrayLike<number>,
  options: CodesOptions = {},
): PrecisionRecallF1Report {
  const { truth, predicted, hits, total } = confusionMargins(confusionMatrix(labels, predictions, options));
  const ratio = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);
  const perClass = Array.from(truth, (support, k) => ({
    precision: ratio(hits[k], predicted[k]),
    recall: ratio(hits[k], support),
    f1: ratio(2 * hits[k], support + predicted[k]),
    support,
  }));
  const occurring = perClass.filter(({ f1 }) => f1 !== null);
  const supported = perClass.filter(({ support }) => support > 0);
  const overClasses = (
    weight: (scores: ClassScores) => number,
    [forPrecision, forRecall, forF1]: readonly (readonly ClassScores[])[],
  ): PrecisionRecallF1 => ({
    precision: mean(forPrecision, ({ precision }) => precision, weight),
    recall: mean(forRecall, ({ recall }) => recall, weight),
    f1: mean(forF1, ({ f1 }) => f1, weight),
  });
  return {
    perClass,
    macro: overClasses(() => 1, [occurring, supported, occurring]),
    weighted: overClasses(({ support }) => support, [supported, supported, supported]),
    micro: hits.reduce((a, b) => a + b) / total,
  };
}

function mean(
  of: readonly ClassScores[],
  value: (scores: ClassScores) => number | null,
  weight: (scores: ClassScores) => number,
): number | null {
  let [sum, total] = [0, 0];
  for (const scores of of) {
    const one = value(scores);
    if (one === null) return null;
    sum += weight(scores) * one;
    total += weight(scores);
  }
  return sum / total;
}
