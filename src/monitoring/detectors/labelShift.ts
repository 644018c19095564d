import { argmax } from "../../core/metrics/argmax.js";
import { checkProbabilities } from "../../core/metrics/checkProbabilities.js";
import { chiSquareDrift } from "./chiSquareDrift.js";
import type { DriftTest, DriftTestOptions } from "./DriftTest.js";
import { requireRows } from "./pooledGroups.js";

/** What a test of label shift takes. */
export interface LabelShiftOptions extends DriftTestOptions {
  /** Names by class code. */
  readonly classes: readonly string[];
  /**
   * Class shares of rows with such probabilities, if only the shares have changed: `estimatePriors`, for example.
   */
  readonly estimateShares: (probabilities: Float64Array) => ArrayLike<number>;
}

/** Whether what a model answers has other shares, and what that would mean for the classes. */
export interface LabelShift extends DriftTest {
  /** Shares of the most probable class, and those of the classes themselves if nothing but them has changed. */
  readonly classes: readonly {
    readonly name: string;
    readonly predicted: { readonly reference: number; readonly current: number };
    readonly estimated: { readonly reference: number; readonly current: number };
  }[];
}

/**
 * Label shift without labels: whether a model answers with other shares (chi-square, whole groups permuted), and which
 * class shares that would be. The estimate holds if only shares changed; without labels nothing tells that apart from
 * recipes that changed within a class.
 *
 * @param reference,current  calibrated probabilities, row-major, shape [rows, classes]
 * @throws InputError if a sample is empty or groups do not fit
 * @throws RangeError if probabilities are none
 * @see Lipton et al. 2018, https://proceedings.mlr.press/v80/lipton18a.html
 */
export function labelShift(
  reference: Float64Array,
  current: Float64Array,
  { classes, estimateShares, ...options }: LabelShiftOptions,
): LabelShift {
  requireRows({ reference: reference.length, current: current.length }, "labelShift");
  const answers = [reference, current].map((probabilities) => {
    checkProbabilities(probabilities, probabilities.length / classes.length, "labelShift");
    return argmax(probabilities, classes.length);
  });
  const test = chiSquareDrift(answers[0], answers[1], options);
  const predicted = answers.map((codes) => classes.map((_, k) => shareOf(codes, k)));
  const estimated = [reference, current].map(estimateShares);
  const both = (shares: readonly ArrayLike<number>[], k: number) => ({
    reference: shares[0][k],
    current: shares[1][k],
  });
  return {
    ...test,
    classes: classes.map((name, k) => ({ name, predicted: both(predicted, k), estimated: both(estimated, k) })),
  };
}

function shareOf(codes: ArrayLike<number>, code: number): number {
  let count = 0;
  for (let row = 0; row < codes.length; row++) if (codes[row] === code) count++;
  return count / codes.length;
}
