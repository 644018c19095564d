import { InputError } from "../../core/InputError.js";
import { checkProbabilities } from "../../core/metrics/checkProbabilities.js";
import { checkLevel } from "../../core/statistics/checkLevel.js";
import type { EstimateOrReason } from "../../core/statistics/Estimate.js";
import { studentEstimate } from "../../core/statistics/studentEstimate.js";
import { studentQuantile } from "../../core/statistics/studentQuantile.js";

/** Calibrated probabilities of rows without labels, and the batch of each row. */
export interface PredictedRows {
  /** Row-major, shape [rows, classes], rows sum to 1. */
  readonly probabilities: ArrayLike<number>;
  /** Batch of each row, shape [rows]: rows of a batch are not independent. */
  readonly batches: readonly (string | number)[];
}

/** How often a class is predicted now and was in the reference. */
export interface PredictedShare {
  readonly reference: number;
  readonly current: number;
  /** Current minus reference must exceed this to count as moved. */
  readonly reach: number;
  readonly moved: boolean;
}

/** What calibrated probabilities say of errors without a label, and whether that can still be believed. */
export interface EstimatedPerformance {
  /** Estimated share of wrong answers, over batches. */
  readonly errors: EstimateOrReason;
  /** By class; null where batches are too few to tell. */
  readonly shares: readonly PredictedShare[] | null;
  /** "moved": the estimate no longer holds under label shift. "unmoved" says no more than that nothing was seen. */
  readonly verdict: "unmoved" | "moved" | "unknown";
  readonly reason: string;
}

/** Fewer batches say too little about how much batches differ. */
const leastBatches = 5;

/**
 * Estimates the share of wrong answers before any label comes: the mean of 1 - the probability of each answer.
 *
 * It holds while probabilities stay calibrated. Where predicted class shares moved against the reference, classes may
 * have become more or less frequent, which takes calibration with it, or recipes may have: without labels nobody can
 * tell which. Each look errs with probability alpha over all classes; startOutcomes watches on when labels come.
 *
 * @param current    rows that came in
 * @param reference  rows on which the model was calibrated, or such as those
 * @param options.alpha  that any share of unmoved ones is called moved, in (0, 1) (default 0.01)
 * @throws RangeError if rows are no probabilities (row named); InputError if batches or classes do not fit
 */
export function estimatePerformance(
  current: PredictedRows,
  reference: PredictedRows,
  { alpha = 0.01 }: { readonly alpha?: number } = {},
): EstimatedPerformance {
  checkLevel(1 - alpha, "estimatePerformance");
  const [here, there] = [
    batchMeans(current, "estimatePerformance: current"),
    batchMeans(reference, "estimatePerformance: reference"),
  ];
  const classes = here[0].shares.length;
  if (there[0].shares.length !== classes)
    throw new InputError({
      where: "estimatePerformance",
      must: "both must have the same classes",
      got: `${classes} and ${there[0].shares.length}`,
      mend: "give probabilities of one model",
    });
  const expected = here.map(({ errors }) => errors);
  const errors: EstimateOrReason =
    here.length < 2
      ? { value: expected[0], interval: null, reason: "one batch says nothing about how batches differ" }
      : { ...studentEstimate(expected, { over: "batches" }), reason: null };
  const few = Math.min(here.length, there.length);
  if (few < leastBatches)
    return {
      errors,
      shares: null,
      verdict: "unknown",
      reason: `whether predicted shares moved needs ${leastBatches} batches on either side; got ${few}`,
    };
  const shares = Array.from({ length: classes }, (_, k) =>
    comparedShare(
      here.map((batch) => batch.shares[k]),
      there.map((batch) => batch.shares[k]),
      alpha / classes,
    ),
  );
  const moved = shares.flatMap((share, k) => (share.moved ? [k] : []));
  return moved.length === 0
    ? { errors, shares, verdict: "unmoved", reason: "no predicted share moved by more than its reach" }
    : {
        errors,
        shares,
        verdict: "moved",
        reason:
          "predicted shares moved, the estimate no longer holds under label shift " +
          `(classes ${moved.join(", ")}; without labels nobody can tell which shift it is)`,
      };
}

/** Welch's comparison of two sets of batch means. */
function comparedShare(here: readonly number[], there: readonly number[], alpha: number): PredictedShare {
  const [a, b] = [here, there].map((values) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const freedom = values.length - 1;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / freedom / values.length;
    return { mean, freedom, variance };
  });
  const variance = a.variance + b.variance;
  const freedom = variance ** 2 / (a.variance ** 2 / a.freedom + b.variance ** 2 / b.freedom);
  // Batches that are all alike, to rounding, have no scatter to compare with.
  const reach = variance > 0 ? studentQuantile(1 - alpha / 2, freedom) * Math.sqrt(variance) : 0;
  return {
    reference: b.mean,
    current: a.mean,
    reach,
    moved: Math.abs(a.mean - b.mean) > Math.max(reach, 1e-9),
  };
}

interface BatchMeans {
  readonly shares: readonly number[];
  readonly errors: number;
}

/** Predicted shares and estimated errors of each batch, in order of first appearance. */
function batchMeans({ probabilities, batches }: PredictedRows, where: string): readonly BatchMeans[] {
  if (batches.length === 0)
    throw new InputError({
      where,
      must: "there must be rows",
      got: "none",
      mend: "wait for a batch: no data is no estimate",
    });
  const classes = checkProbabilities(probabilities, batches.length, where);
  const sums = new Map<string | number, { rows: number; errors: number; shares: number[] }>();
  batches.forEach((batch, row) => {
    let sum = sums.get(batch);
    if (sum === undefined) {
      sum = { rows: 0, errors: 0, shares: new Array<number>(classes).fill(0) };
      sums.set(batch, sum);
    }
    let top = 0;
    for (let k = 0; k < classes; k++) {
      const probability = probabilities[row * classes + k];
      sum.shares[k] += probability;
      top = Math.max(top, probability);
    }
    sum.rows++;
    // A softmax in float32 can end a rounding above 1.
    sum.errors += Math.max(0, 1 - top);
  });
  return [...sums.values()].map(({ rows, errors, shares }) => ({
    shares: shares.map((share) => share / rows),
    errors: errors / rows,
  }));
}
