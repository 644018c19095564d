import { topLabel } from "../../core/metrics/topLabel.js";

/** What measures of usefulness are taken from. */
export interface ErrorsAndUncertainty {
  /** 1 where the likeliest class is not the true one, shape [n]. */
  readonly errors: Uint8Array;
  /** 1 - probability of the likeliest class, shape [n]. */
  readonly uncertainty: Float64Array;
}

/**
 * Which rows a classifier gets wrong, and how unsure its likeliest class is: what riskCoverage and usefulness take.
 *
 * @param labels         true class codes, shape [n]
 * @param probabilities  row-major, shape [n, classes], rows sum to 1
 * @throws RangeError if lengths differ, a label is no code, or rows are no probabilities
 */
export function topLabelErrors(labels: ArrayLike<number>, probabilities: ArrayLike<number>): ErrorsAndUncertainty {
  const top = topLabel(labels, probabilities);
  return {
    errors: top.correct.map((correct) => 1 - correct),
    uncertainty: top.probabilities.map((probability) => 1 - probability),
  };
}
