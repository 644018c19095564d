import { checkSetting, checkValue } from "./checkStream.js";
import type { MonitorState } from "./StreamMonitor.js";

/** What Page-Hinkley watches for. */
export interface PageHinkleySettings {
  /** Lambda, in the unit of the values, above 0. */
  readonly threshold: number;
  /** Delta, in the unit of the values, at least 0: half of the rise that is to be found soonest. */
  readonly slack: number;
  /** Alpha, in (0, 1]: what a step keeps of the sum (default 1, as in the paper; river keeps 0.9999). */
  readonly keep?: number;
  /** No alarm before so many rows (default 30). */
  readonly leastRows?: number;
}

/** Where Page-Hinkley stands. */
export interface PageHinkleyState extends MonitorState {
  readonly settings: PageHinkleySettings;
  /** Rows since the start or the last alarm. */
  readonly since: number;
  /** Their mean. */
  readonly mean: number;
  /** Summed rise above the running mean, less the slack; never below 0. */
  readonly sum: number;
}

/**
 * Starts Page-Hinkley's test for a rise above the mean so far, which needs no mean told beforehand.
 *
 * There is no default threshold: at λ = 10, δ = 0.005 it alarms within 2,000 stable bits of an error stream (row 800
 * of the reference stream at 12 %), at λ = 50 it is late; settingsForRate finds the one for a rate.
 *
 * @throws InputError if a setting is out of its range
 * @see Page 1954, doi:10.1093/biomet/41.1-2.100; river's PageHinkley, whose rows of alarm these are
 */
export function startPageHinkley(settings: PageHinkleySettings): PageHinkleyState {
  const { threshold, slack, keep = 1, leastRows = 30 } = settings;
  const where = "startPageHinkley";
  checkSetting(threshold > 0 && threshold < Infinity, threshold, "the threshold must be above 0", where);
  checkSetting(slack >= 0 && slack < Infinity, slack, "the slack must be at least 0", where);
  checkSetting(keep > 0 && keep <= 1, keep, "what a step keeps must lie in (0, 1]", where);
  checkSetting(Number.isInteger(leastRows) && leastRows >= 1, leastRows, "leastRows must be 1 or more", where);
  return { settings, rows: 0, alarms: 0, since: 0, mean: 0, sum: 0 };
}

/**
 * Page-Hinkley's test after one more value. An alarm starts it again, mean and all.
 *
 * @throws InputError if the value is not finite
 */
export function pageHinkley(state: PageHinkleyState, value: number): PageHinkleyState {
  const { settings, rows, alarms } = state;
  checkValue(value, rows, "pageHinkley");
  const { threshold, slack, keep = 1, leastRows = 30 } = settings;
  const since = state.since + 1;
  const mean = state.mean + (value - state.mean) / since;
  const sum = Math.max(0, keep * state.sum + (value - mean - slack));
  const isAlarm = since >= leastRows && sum >= threshold;
  return isAlarm
    ? { settings, rows: rows + 1, alarms: alarms + 1, since: 0, mean: 0, sum: 0 }
    : { settings, rows: rows + 1, alarms, since, mean, sum };
}
