import { correctPrior } from "../calibration/correctPrior.js";
import { expectedCalibrationError } from "../calibration/expectedCalibrationError.js";
import { phaseNames } from "../chemistry/phases.js";
import type { Interval } from "../core/Evidence.js";
import { groupBootstrapInterval } from "../core/groupBootstrapInterval.js";
import { likeliestClass } from "../core/likeliestClass.js";
import type { Random } from "../core/Random.js";
import { categoryColumn, selectRows, textsOf, type Table } from "../core/Table.js";
import type { Estimate } from "../figures/plotEstimatePairs.js";
import type { ClassRecall } from "../figures/plotRecalls.js";
import type { RemediedModel } from "./balancingRemedies.js";

/** One remedy on the untouched test rows. */
export interface RemedyResult {
  readonly name: string;
  readonly trainingRows: number;
  readonly converged: boolean;
  readonly recalls: readonly ClassRecall[];
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

/** Sums per batch, from which every statistic of a resample of batches follows. */
export interface BatchSums {
  readonly rows: Float64Array;
  /** By class. */
  readonly truth: readonly Float64Array[];
  readonly hits: readonly Float64Array[];
  readonly correctedHits: readonly Float64Array[];
  readonly loss: Float64Array;
  readonly correctedLoss: Float64Array;
}

/** A remedy's result with the sums it follows from. */
export interface Scored {
  readonly result: RemedyResult;
  readonly sums: BatchSums;
}

/**
 * A function that judges models on the same test rows.
 *
 * @param on.batches  test rows, as rows of the table
 * @param on.shares   of the classes in the original training rows, for the prior correction
 */
export function judgeOn({ labels, batches, table, shares, random }: { readonly labels: Uint8Array; readonly batches: Uint32Array; readonly table: Table; readonly shares: Float64Array; readonly random: Random }): (name: string, model: RemediedModel, options?: { readonly decideEvenly?: boolean }) => Scored {
  const names = textsOf(selectRows(table, batches), "batch");
  const { codes, levels } = categoryColumn(names);
  return (name: string, { probabilities, trainedShares, rows, converged }: RemediedModel, { decideEvenly = false }: { readonly decideEvenly?: boolean } = {}): Scored => {
    const corrected = correctPrior(probabilities, trainedShares, shares);
    const decided = decideEvenly ? correctPrior(probabilities, trainedShares, shares.map(() => 1 / shares.length)) : probabilities;
    const sums = batchSums(labels, likeliestClass(decided, shares.length), { probabilities, corrected, codes, batches: levels.length });
    const afterCorrection = { ...sums, hits: sums.correctedHits };
    const interval = (statistic: (drawn: Uint32Array) => number, what: string): Estimate => estimate(levels.length, statistic, random.fork(`${name}, ${what}`));
    const calibration = (values: Float64Array, what: string): Estimate => {
      const { value, interval: bounds } = expectedCalibrationError(labels, values, random.fork(`${name}, ${what}`), { groups: names, unit: "batch", labelSets: 200, draws: 500 });
      return { value, low: Math.min(value, bounds.low), high: Math.max(value, bounds.high) };
    };
    return {
      sums,
      result: {
        name,
        trainingRows: rows,
        converged,
        recalls: phaseNames.map((phase, k) => {
          const { value, low, high } = interval(recall(sums, k), phase);
          return { phase, recall: value, low, high, n: sums.truth[k].reduce((a, b) => a + b, 0) };
        }),
        balancedAccuracy: interval(balanced(sums), "balanced accuracy"),
        correctedBalancedAccuracy: interval(balanced(afterCorrection), "corrected balanced accuracy"),
        accuracy: interval(overall(sums), "accuracy"),
        logLoss: interval(meanOf(sums.loss, sums), "log loss"),
        correctedLogLoss: interval(meanOf(sums.correctedLoss, sums), "corrected log loss"),
        calibrationError: calibration(probabilities, "calibration"),
        correctedCalibrationError: calibration(corrected, "corrected calibration"),
      },
    };
  };
}

export function batchSums(labels: Uint8Array, predicted: ArrayLike<number>, { probabilities, corrected, codes, batches }: { readonly probabilities: Float64Array; readonly corrected: Float64Array; readonly codes: ArrayLike<number>; readonly batches: number }): BatchSums {
  const perClass = (): Float64Array[] => phaseNames.map(() => new Float64Array(batches));
  const sums: BatchSums = { rows: new Float64Array(batches), truth: perClass(), hits: perClass(), correctedHits: perClass(), loss: new Float64Array(batches), correctedLoss: new Float64Array(batches) };
  const decidedAnew = likeliestClass(corrected, phaseNames.length);
  const loss = (values: Float64Array, row: number): number => -Math.log(Math.max(values[row * phaseNames.length + labels[row]], 1e-15));
  for (let row = 0; row < labels.length; row++) {
    const batch = codes[row];
    sums.rows[batch]++;
    sums.truth[labels[row]][batch]++;
    if (predicted[row] === labels[row]) sums.hits[labels[row]][batch]++;
    if (decidedAnew[row] === labels[row]) sums.correctedHits[labels[row]][batch]++;
    sums.loss[batch] += loss(probabilities, row);
    sums.correctedLoss[batch] += loss(corrected, row);
  }
  return sums;
}

/** Of a multiset of batches. */
export type Statistic = (batches: Uint32Array) => number;

const sum = (values: Float64Array, batches: Uint32Array): number => batches.reduce((total, batch) => total + values[batch], 0);
const recall = ({ hits, truth }: BatchSums, k: number): Statistic => (batches) => sum(hits[k], batches) / sum(truth[k], batches);
export const balanced = (sums: BatchSums): Statistic => (batches) => phaseNames.reduce((total, _, k) => total + recall(sums, k)(batches) / phaseNames.length, 0);
export const overall = ({ hits, rows }: BatchSums): Statistic => (batches) => hits.reduce((total, ofClass) => total + sum(ofClass, batches), 0) / sum(rows, batches);
export const meanOf = (values: Float64Array, { rows }: BatchSums): Statistic => (batches) => sum(values, batches) / sum(rows, batches);

function batchInterval(batches: number, statistic: Statistic, random: Random): Interval {
  return groupBootstrapInterval(Array.from({ length: batches }, (_, batch) => batch), statistic, random, { unit: "batch", draws: 1000 });
}

function estimate(batches: number, statistic: Statistic, random: Random): Estimate {
  const { low, high } = batchInterval(batches, statistic, random);
  const value = statistic(Uint32Array.from({ length: batches }, (_, batch) => batch));
  return { value, low: Math.min(low, value), high: Math.max(high, value) };
}

/** One remedy's statistic less another's on the same batches. */
export function difference(one: Scored, other: Scored, of: (sums: BatchSums) => Statistic, random: Random): Estimate {
  return estimate(one.sums.rows.length, (batches) => of(one.sums)(batches) - of(other.sums)(batches), random);
}
