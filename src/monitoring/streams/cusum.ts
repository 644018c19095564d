import { checkSetting, checkValue } from "./checkStream.js";
import type { MonitorState } from "./StreamMonitor.js";

/** What CUSUM watches for. */
export interface CusumSettings {
  /** Mean while all is well. */
  readonly mean: number;
  /** Standard deviation while all is well, above 0; of means of batches where means of batches come. */
  readonly sd: number;
  /** k, in standard deviations, at least 0: half of the shift that is to be found soonest. */
  readonly slack: number;
  /** h, in standard deviations, above 0. */
  readonly threshold: number;
  /** Which shifts count (default "either"). */
  readonly direction?: "up" | "down" | "either";
}

/** Where CUSUM stands. */
export interface CusumState extends MonitorState {
  readonly settings: CusumSettings;
  /** Summed standard deviations above the mean, less the slack; never below 0. */
  readonly above: number;
  readonly below: number;
}

/**
 * Starts tabular CUSUM, which sums how far values lie from a known mean.
 *
 * There is no default threshold: one for means of batches has another rate of false alarms than the same for rows, and
 * rows that are not independent have far more (settingsForRate, operatingCharacteristics).
 *
 * @throws InputError if a setting is out of its range
 * @see Page 1954, doi:10.1093/biomet/41.1-2.100
 */
export function startCusum(settings: CusumSettings): CusumState {
  const { mean, sd, slack, threshold } = settings;
  checkSetting(Number.isFinite(mean), mean, "the mean must be a finite number", "startCusum");
  checkSetting(sd > 0 && sd < Infinity, sd, "the standard deviation must be above 0", "startCusum");
  checkSetting(slack >= 0 && slack < Infinity, slack, "the slack must be at least 0", "startCusum");
  checkSetting(threshold > 0 && threshold < Infinity, threshold, "the threshold must be above 0", "startCusum");
  return { settings, rows: 0, alarms: 0, above: 0, below: 0 };
}

/**
 * CUSUM after one more value. Where a sum exceeds the threshold, that is an alarm, and both start again at 0.
 *
 * @throws InputError if the value is not finite
 */
export function cusum({ settings, rows, alarms, above, below }: CusumState, value: number): CusumState {
  checkValue(value, rows, "cusum");
  const { mean, sd, slack, threshold, direction = "either" } = settings;
  const z = (value - mean) / sd;
  const up = direction === "down" ? 0 : Math.max(0, above + z - slack);
  const down = direction === "up" ? 0 : Math.max(0, below - z - slack);
  const isAlarm = up > threshold || down > threshold;
  return {
    settings,
    rows: rows + 1,
    alarms: alarms + (isAlarm ? 1 : 0),
    above: isAlarm ? 0 : up,
    below: isAlarm ? 0 : down,
  };
}
