import { phaseNames } from "../../chemistry/phases.js";
import { argmax } from "../../core/metrics/argmax.js";
import type { Random } from "../../core/random/Random.js";
import { type Estimate, estimateOf } from "../../core/statistics/Estimate.js";
import { groupBootstrapInterval } from "../../core/statistics/groupBootstrapInterval.js";
import { categoryColumn, selectRows, type Table, textsOf } from "../../core/Table.js";

/** Sums per batch of what a phase model does on test rows, from which every statistic of a resample of batches follows. */
export interface BatchSums {
  readonly rows: Float64Array;
  /** By class. */
  readonly truth: readonly Float64Array[];
  readonly hits: readonly Float64Array[];
  /** Nats. */
  readonly loss: Float64Array;
}

/** Recall of a phase by a model. */
export interface PhaseRecall extends Estimate {
  readonly phase: string;
  /** Rows of the phase. */
  readonly n: number;
}

/** Of a multiset of batches. */
export type Statistic = (batches: Uint32Array) => number;

/** The batch of each of the given rows, as codes. */
export function batchCodes(
  table: Table,
  rows: Uint32Array,
): { readonly codes: ArrayLike<number>; readonly batches: number; readonly names: readonly string[] } {
  const names = textsOf(selectRows(table, rows), "batch");
  const { codes, levels } = categoryColumn(names);
  return { codes, batches: levels.length, names };
}

/**
 * @param labels         phase codes of the rows
 * @param probabilities  row-major [rows, phases]
 * @param on.codes       batch of each row
 * @param on.predicted   the decision on each row (default: the likeliest phase)
 */
export function batchSums(
  labels: ArrayLike<number>,
  probabilities: Float64Array,
  {
    codes,
    batches,
    predicted = argmax(probabilities, phaseNames.length),
  }: { readonly codes: ArrayLike<number>; readonly batches: number; readonly predicted?: ArrayLike<number> },
): BatchSums {
  const perClass = (): Float64Array[] => phaseNames.map(() => new Float64Array(batches));
  const sums: BatchSums = {
    rows: new Float64Array(batches),
    truth: perClass(),
    hits: perClass(),
    loss: new Float64Array(batches),
  };
  for (let row = 0; row < labels.length; row++) {
    const batch = codes[row];
    sums.rows[batch]++;
    sums.truth[labels[row]][batch]++;
    if (predicted[row] === labels[row]) sums.hits[labels[row]][batch]++;
    sums.loss[batch] -= Math.log(Math.max(probabilities[row * phaseNames.length + labels[row]], 1e-15));
  }
  return sums;
}

export const sum = (values: Float64Array, batches: Uint32Array): number =>
  batches.reduce((total, batch) => total + values[batch], 0);
export const recall =
  ({ hits, truth }: BatchSums, k: number): Statistic =>
  (batches) =>
    sum(hits[k], batches) / sum(truth[k], batches);
export const balanced =
  (sums: BatchSums): Statistic =>
  (batches) =>
    phaseNames.reduce((total, _, k) => total + recall(sums, k)(batches) / phaseNames.length, 0);
export const overall =
  ({ hits, rows }: BatchSums): Statistic =>
  (batches) =>
    hits.reduce((total, ofClass) => total + sum(ofClass, batches), 0) / sum(rows, batches);
export const meanLoss =
  ({ loss, rows }: BatchSums): Statistic =>
  (batches) =>
    sum(loss, batches) / sum(rows, batches);

/** The mean of a number per row, over the rows that count (default: all). */
export function meanOfRows(
  values: ArrayLike<number>,
  { codes, batches }: { readonly codes: ArrayLike<number>; readonly batches: number },
  counts?: ArrayLike<number>,
): Statistic {
  const [rows, total] = [new Float64Array(batches), new Float64Array(batches)];
  for (let row = 0; row < values.length; row++) {
    if (counts?.[row] === 0) continue;
    rows[codes[row]]++;
    total[codes[row]] += values[row];
  }
  return (drawn) => sum(total, drawn) / sum(rows, drawn);
}

/** The statistic of all batches with the percentile bootstrap interval (95 % by default) that draws batches whole. */
export function batchEstimate(
  batches: number,
  statistic: Statistic,
  random: Random,
  { draws = 1000, level = 0.95 }: { readonly draws?: number; readonly level?: number } = {},
): Estimate {
  const all = Uint32Array.from({ length: batches }, (_, batch) => batch);
  return estimateOf(
    statistic(all),
    groupBootstrapInterval(Array.from(all), statistic, random, { unit: "batch", draws, level }),
  );
}

/** One model's statistic less another's on the same rows. */
export function batchDifference(
  one: BatchSums,
  other: BatchSums,
  of: (sums: BatchSums) => Statistic,
  random: Random,
): Estimate {
  const [first, second] = [of(one), of(other)];
  return batchEstimate(one.rows.length, (batches) => first(batches) - second(batches), random);
}
