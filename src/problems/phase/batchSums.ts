import { phaseNames } from "../../chemistry/phases.js";
import { argmax } from "../../core/metrics/argmax.js";
import type { Random } from "../../core/random/Random.js";
import type { ResamplingOptions } from "../../core/statistics/checkResampling.js";
import type { Estimate } from "../../core/statistics/Estimate.js";
import { groupedEstimate } from "../../core/statistics/groupedEstimate.js";
import { type GroupedStatistic, groupedStatistic } from "../../core/statistics/groupedStatistic.js";
import { groupedSums } from "../../core/statistics/groupedSums.js";
import { categoryColumn, selectRows, type Table, textsOf } from "../../core/Table.js";

/**
 * Sums per batch of what a phase model does on test rows: every statistic of a resample of batches follows from them.
 */
export interface BatchSums {
  readonly rows: Float64Array;
  /** Rows that are given the right phase. */
  readonly right: Float64Array;
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
 * What a phase model does on test rows, summed per batch.
 *
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
  const sumsOf = (term: (row: number) => number): Float64Array =>
    groupedSums(codes, { of: term }, { groups: batches }).of;
  const isRight = (row: number): boolean => predicted[row] === labels[row];
  return {
    rows: sumsOf(() => 1),
    right: sumsOf((row) => Number(isRight(row))),
    truth: phaseNames.map((_, k) => sumsOf((row) => Number(labels[row] === k))),
    hits: phaseNames.map((_, k) => sumsOf((row) => Number(labels[row] === k && isRight(row)))),
    loss: sumsOf((row) => -Math.log(Math.max(probabilities[row * phaseNames.length + labels[row]], 1e-15))),
  };
}

/** Share of the rows of a phase that are given its name. */
export function recall({ hits, truth }: BatchSums, k: number): GroupedStatistic {
  return groupedStatistic({ hits: hits[k], truth: truth[k] }, (totals) => totals.hits / totals.truth, {
    over: "truth",
    kind: "share",
  });
}

/** Mean recall over phases. */
export function balanced(sums: BatchSums): GroupedStatistic {
  const recalls = phaseNames.map((_, k) => recall(sums, k));
  const mean = (batches: Uint32Array): number =>
    recalls.reduce((total, one) => total + one(batches) / phaseNames.length, 0);
  return Object.assign(mean, { sizes: sums.rows, kind: "share" as const });
}

/** Accuracy. */
export function overall({ right, rows }: BatchSums): GroupedStatistic {
  return groupedStatistic({ right, rows }, (totals) => totals.right / totals.rows, { over: "rows", kind: "share" });
}

/** Log loss, nats. */
export function meanLoss({ loss, rows }: BatchSums): GroupedStatistic {
  return groupedStatistic({ loss, rows }, (totals) => totals.loss / totals.rows, { over: "rows" });
}

/** The mean of a number per row, over the rows that count (default: all). */
export function meanOfRows(
  values: ArrayLike<number>,
  { codes, batches }: { readonly codes: ArrayLike<number>; readonly batches: number },
  counts?: ArrayLike<number>,
): GroupedStatistic {
  const isCounted = (row: number): boolean => counts?.[row] !== 0;
  const sums = groupedSums(
    codes,
    { value: (row) => (isCounted(row) ? values[row] : 0), rows: (row) => Number(isCounted(row)) },
    { groups: batches },
  );
  return groupedStatistic(sums, ({ value, rows }) => value / rows, { over: "rows" });
}

/** The statistic of all batches with the interval of groupedEstimate, 1,000 draws by default. */
export function batchEstimate(
  batches: number,
  statistic: GroupedStatistic,
  random: Random,
  { draws = 1000, level, unit = "batch" }: ResamplingOptions = {},
): Estimate {
  return groupedEstimate(batches, statistic, random, { draws, level, unit });
}

/** One model's statistic less another's on the same rows. */
export function batchDifference(
  one: BatchSums,
  other: BatchSums,
  of: (sums: BatchSums) => GroupedStatistic,
  random: Random,
  options: ResamplingOptions = {},
): Estimate {
  const [first, second] = [of(one), of(other)];
  const difference = (batches: Uint32Array): number => first(batches) - second(batches);
  return batchEstimate(one.rows.length, Object.assign(difference, { sizes: first.sizes }), random, options);
}
