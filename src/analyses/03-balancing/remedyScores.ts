import { correctPrior } from "../../calibration/correctPrior.js";
import { expectedCalibrationError } from "../../calibration/expectedCalibrationError.js";
import { phaseNames } from "../../chemistry/phases.js";
import { argmax } from "../../core/metrics/argmax.js";
import type { Random } from "../../core/random/Random.js";
import type { Estimate } from "../../core/statistics/Estimate.js";
import type { GroupedStatistic } from "../../core/statistics/groupedStatistic.js";
import type { Table } from "../../core/Table.js";
import {
  balanced,
  batchCodes,
  batchEstimate,
  type BatchSums,
  batchSums,
  meanLoss,
  overall,
  type PhaseRecall,
  recall,
} from "../../problems/phase/batchSums.js";
import type { RemediedModel } from "./balancingRemedies.js";

/** One remedy on the test rows. */
export interface RemedyResult {
  readonly name: string;
  readonly trainingRows: number;
  readonly converged: boolean;
  readonly recalls: readonly PhaseRecall[];
  readonly balancedAccuracy: Estimate;
  /** Mean recall of decisions by the corrected probabilities. */
  readonly correctedBalancedAccuracy: Estimate;
  readonly accuracy: Estimate;
  /** In nats, as trained, and with the shares of the classes in the original training rows put back. */
  readonly logLoss: Estimate;
  readonly correctedLogLoss: Estimate;
  readonly calibrationError: Estimate;
  readonly correctedCalibrationError: Estimate;
}

/** A remedy's result with the sums it follows from. */
export interface Scored {
  readonly result: RemedyResult;
  readonly sums: BatchSums;
  /** Of the corrected probabilities and the decisions by them. */
  readonly corrected: BatchSums;
}

/**
 * A function that judges models on the same test rows.
 *
 * @param on.batches  test rows, as rows of the table
 * @param on.shares   of the classes in the original training rows, for the prior correction
 */
export function judgeOn({
  labels,
  batches,
  table,
  shares,
  random,
}: {
  readonly labels: Uint8Array;
  readonly batches: Uint32Array;
  readonly table: Table;
  readonly shares: Float64Array;
  readonly random: Random;
}): (name: string, model: RemediedModel, options?: { readonly decideEvenly?: boolean }) => Scored {
  const { codes, batches: count, names } = batchCodes(table, batches);
  return (
    name: string,
    { probabilities, trainedShares, rows, converged }: RemediedModel,
    { decideEvenly = false }: { readonly decideEvenly?: boolean } = {},
  ): Scored => {
    const correctedProbabilities = correctPrior(probabilities, trainedShares, shares);
    const decided = decideEvenly
      ? correctPrior(
          probabilities,
          trainedShares,
          shares.map(() => 1 / shares.length),
        )
      : probabilities;
    const sums = batchSums(labels, probabilities, {
      codes,
      batches: count,
      predicted: argmax(decided, shares.length),
    });
    const corrected = batchSums(labels, correctedProbabilities, { codes, batches: count });
    const interval = (statistic: GroupedStatistic, what: string): Estimate =>
      batchEstimate(count, statistic, random.fork(`${name}, ${what}`));
    const calibration = (values: Float64Array): Estimate => {
      const { value, interval: bounds } = expectedCalibrationError(labels, values, { groups: names, unit: "batch" });
      return { value, interval: bounds };
    };
    return {
      sums,
      corrected,
      result: {
        name,
        trainingRows: rows,
        converged,
        recalls: phaseNames.map((phase, k) => ({
          phase,
          ...interval(recall(sums, k), phase),
          n: sums.truth[k].reduce((a, b) => a + b, 0),
        })),
        balancedAccuracy: interval(balanced(sums), "balanced accuracy"),
        correctedBalancedAccuracy: interval(balanced(corrected), "corrected balanced accuracy"),
        accuracy: interval(overall(sums), "accuracy"),
        logLoss: interval(meanLoss(sums), "log loss"),
        correctedLogLoss: interval(meanLoss(corrected), "corrected log loss"),
        calibrationError: calibration(probabilities),
        correctedCalibrationError: calibration(correctedProbabilities),
      },
    };
  };
}
