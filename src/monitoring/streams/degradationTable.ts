import type { Degradation, MeasuredMonitor } from "./degradationMonitors.js";
import type { OperatingOptions } from "./operatingCharacteristics.js";
import data from "./degradationTable.json" with { type: "json" };

/** Thresholds with the rates that were measured at them, and how. */
export interface DegradationTable {
  readonly degradation: Degradation;
  /** What measureDegradationMonitors was called with, and the seed of its random stream. */
  readonly options: OperatingOptions & {
    readonly per10000Rows: number;
    readonly spreads: readonly number[];
    readonly searchStreams: number;
  };
  readonly seed: number;
  readonly monitors: readonly MeasuredMonitor[];
}

/**
 * Monitors of errors that rise from 14 to 19 %, each at a threshold and with its false alarms and delay beside it.
 *
 * Made by measureDegradationMonitors: batches of 200, labels 200 rows late, thresholds for about 2 false alarms per
 * 10,000 rows where batches deviate by 0.2 on the logit. Another degradation needs a table of its own.
 */
export const degradationTable: DegradationTable = data;

/**
 * The monitor of the table that finds most, of those that keep a rate of false alarms there.
 *
 * @param leastRunLength  rows to a false alarm, at least, with the table's confidence
 * @returns its id
 * @throws TypeError if none keeps the rate
 */
export function chosenMonitor(leastRunLength: number): string {
  const spread = String(degradationTable.degradation.batchSpread);
  const kept = degradationTable.monitors.filter(
    (one) => one.spreads[spread].falseAlarms.runLength.atLeast >= leastRunLength,
  );
  return kept.reduce((one, other) =>
    other.spreads[spread].detected.value > one.spreads[spread].detected.value ? other : one,
  ).id;
}
