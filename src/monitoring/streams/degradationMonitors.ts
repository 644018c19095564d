import type { Random } from "../../core/random/Random.js";
import { adwin, startAdwin } from "./adwin.js";
import { cusum, startCusum } from "./cusum.js";
import {
  operatingCharacteristics,
  type OperatingCharacteristics,
  type OperatingOptions,
} from "./operatingCharacteristics.js";
import { judgeOutcomes, type OutcomeSettings, startOutcomes } from "./outcomeMonitor.js";
import { pageHinkley, startPageHinkley } from "./pageHinkley.js";
import { settingsForRate } from "./settingsForRate.js";
import { errorStream } from "./StreamLaw.js";
import { batchMeanMonitor, batchMonitor, rowMonitor, type StreamMonitor } from "./StreamMonitor.js";

/** A rise of errors that is to be found, and how rows come. */
export interface Degradation {
  /** Error share while all is well, and the one that is to be found; both in (0, 1). */
  readonly before: number;
  readonly after: number;
  readonly batchSize: number;
  /** Standard deviation of batches on the logit that thresholds are set for. */
  readonly batchSpread: number;
}

/** A monitor of errors that can be set for a degradation, at any threshold. */
export interface DegradationMonitor {
  readonly id: string;
  /** What it is, and what its threshold means. */
  readonly name: string;
  readonly at: (threshold: number, degradation: Degradation) => StreamMonitor;
  /** Thresholds between which one is sought for a rate, or the one that a promise sets. */
  readonly thresholds: { readonly from: number; readonly to: number } | number;
}

const outcomesAt = (
  promise: OutcomeSettings["promise"],
  { before, after, batchSpread }: Degradation,
): StreamMonitor => {
  const oddsRatio = after / (1 - after) / (before / (1 - before));
  const start = startOutcomes({ oddsRatio, batchSpread, promise });
  return batchMonitor(
    () => start,
    (state, errors) => judgeOutcomes(state, new Float64Array(errors.length).fill(before), errors),
  );
};

/** Monitors that are compared on a degradation: the one list of them. */
export const degradationMonitors: readonly DegradationMonitor[] = [
  {
    id: "cusum-rows",
    name: "CUSUM of rows, threshold h in standard deviations",
    at: (threshold, { before, after }) => {
      const sd = Math.sqrt(before * (1 - before));
      const slack = (after - before) / 2 / sd;
      return rowMonitor(() => startCusum({ mean: before, sd, slack, threshold, direction: "up" }), cusum);
    },
    thresholds: { from: 2, to: 300 },
  },
  {
    id: "cusum-batches",
    name: "CUSUM of batch means, threshold h in standard deviations of a batch mean",
    at: (threshold, { before, after, batchSize, batchSpread }) => {
      const variance = before * (1 - before);
      const sd = Math.hypot(Math.sqrt(variance / batchSize), batchSpread * variance);
      const slack = (after - before) / 2 / sd;
      return batchMeanMonitor(() => startCusum({ mean: before, sd, slack, threshold, direction: "up" }), cusum);
    },
    thresholds: { from: 0.3, to: 30 },
  },
  {
    id: "page-hinkley",
    name: "Page-Hinkley of rows, threshold lambda in errors",
    at: (threshold, { before, after }) =>
      rowMonitor(() => startPageHinkley({ threshold, slack: (after - before) / 2 }), pageHinkley),
    thresholds: { from: 1, to: 300 },
  },
  {
    id: "adwin",
    name: "ADWIN of rows, threshold 1 / delta",
    at: (threshold) => rowMonitor(() => startAdwin({ delta: 1 / threshold }), adwin),
    thresholds: { from: 2, to: 1e9 },
  },
  {
    id: "outcomes",
    name: "Shiryaev-Roberts sum of e-values of batches, threshold set for the rate",
    at: (threshold, degradation) => outcomesAt({ runLength: threshold }, degradation),
    thresholds: { from: 1.5, to: 500 },
  },
  {
    id: "outcomes-run-length",
    name: "The same with a promise: on average at least 25 batches to a false alarm, proved and not measured",
    at: (threshold, degradation) => outcomesAt({ runLength: threshold }, degradation),
    thresholds: 25,
  },
  {
    id: "outcomes-ever",
    name: "E-process of batches: a false alarm ever with probability at most 1 / 20",
    at: (threshold, degradation) => outcomesAt({ ever: 1 / threshold }, degradation),
    thresholds: 20,
  },
];

/** What a monitor costs and finds at its threshold, by spread of batches on the logit. */
export interface MeasuredMonitor {
  readonly id: string;
  readonly name: string;
  readonly threshold: number;
  /** By standard deviation of batches on the logit; "0": independent rows. */
  readonly spreads: Readonly<Record<string, OperatingCharacteristics>>;
}

/**
 * Sets each monitor for a wanted rate of false alarms on batches that deviate as allowed for, and measures it there.
 *
 * What it costs and finds at that threshold is measured on batches that deviate less and more, too; a spread of 0 is
 * independent rows.
 *
 * @param random                required; equal streams give equal tables
 * @param options.per10000Rows  false alarms that are allowed, upper end of the interval
 * @param options.spreads       standard deviations of batches to measure at
 * @param options.searchStreams streams of each try of the search (default as `streams`)
 * @throws InputError if a monitor cannot keep the rate
 */
export function measureDegradationMonitors(
  degradation: Degradation,
  random: Random,
  {
    per10000Rows,
    spreads,
    searchStreams,
    monitors = degradationMonitors,
    ...options
  }: OperatingOptions & {
    readonly per10000Rows: number;
    readonly spreads: readonly number[];
    readonly searchStreams?: number;
    readonly monitors?: readonly DegradationMonitor[];
  },
): readonly MeasuredMonitor[] {
  return monitors.map(({ id, name, at, thresholds }) => {
    const own = random.fork(id);
    const monitorAt = (threshold: number): StreamMonitor => at(threshold, degradation);
    const threshold =
      typeof thresholds === "number"
        ? thresholds
        : settingsForRate(monitorAt, errorStream(degradation), own.fork("settings"), {
            ...thresholds,
            per10000Rows,
            streams: searchStreams ?? options.streams,
            rows: options.stableRows,
            steps: 10,
          }).threshold;
    const measured = spreads.map((batchSpread) => [
      String(batchSpread),
      operatingCharacteristics(
        monitorAt(threshold),
        errorStream({ ...degradation, batchSpread }),
        own.fork(`spread ${batchSpread}`),
        options,
      ),
    ]);
    return { id, name, threshold, spreads: Object.fromEntries(measured) as MeasuredMonitor["spreads"] };
  });
}
