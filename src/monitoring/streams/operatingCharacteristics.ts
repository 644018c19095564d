import type { Random } from "../../core/random/Random.js";
import { clopperPearson } from "../../core/statistics/clopperPearson.js";
import type { Estimate } from "../../core/statistics/Estimate.js";
import { checkSetting } from "./checkStream.js";
import { falseAlarms, type FalseAlarms } from "./falseAlarms.js";
import { followBatch } from "./followBatch.js";
import type { StreamLaw } from "./StreamLaw.js";
import type { StreamMonitor } from "./StreamMonitor.js";

/** What a monitor costs and what it finds, at its settings, on streams of one law. */
export interface OperatingCharacteristics {
  readonly falseAlarms: FalseAlarms;
  /** Share of injected changes that alarmed within so many labels received after the change. */
  readonly detected: Estimate & { readonly within: number; readonly changes: number };
  /** Labels received after the change up to the alarm, in the middle of all changes; null where under half alarmed. */
  readonly medianDelay: number | null;
}

/** How much is tried, and what counts as found in time. */
export interface OperatingOptions {
  /** Streams without a change, and as many with one (default 200). */
  readonly streams?: number;
  /** Rows of a stream without a change (default 20,000). */
  readonly stableRows?: number;
  /** Rows before the change, taken up to whole batches (default 4,000). */
  readonly changeAfter?: number;
  /** Labels received after the change, within which an alarm counts as found in time (default 1,000). */
  readonly within?: number;
  /** Rows by which labels lag: the first labels after a change are of rows before it (default 0). */
  readonly labelDelay?: number;
  /** Two-sided, of the intervals (default 0.95). */
  readonly level?: number;
}

/** Rows after a change that are waited for an alarm, in multiples of `within`. */
const patience = 10;

/**
 * False alarms and delay of a monitor at its settings, measured by injecting changes into streams of a law. After a
 * false alarm it watches on, so a change may meet it unprepared, as in use.
 *
 * @param random   required; equal streams give equal numbers
 * @throws InputError if an option is out of its range
 */
export function operatingCharacteristics(
  monitor: StreamMonitor,
  law: StreamLaw,
  random: Random,
  {
    streams = 200,
    stableRows = 20_000,
    changeAfter = 4000,
    within = 1000,
    labelDelay = 0,
    level = 0.95,
  }: OperatingOptions = {},
): OperatingCharacteristics {
  const where = "operatingCharacteristics";
  checkSetting(within > labelDelay, within, `labels must be waited for longer than they lag (${labelDelay})`, where);
  checkSetting(Number.isInteger(labelDelay) && labelDelay >= 0, labelDelay, "the lag must be 0 rows or more", where);
  checkSetting(Number.isInteger(changeAfter) && changeAfter >= 0, changeAfter, "changeAfter must be 0 or more", where);
  const stable = falseAlarms(monitor, law, random.fork("stable"), { streams, rows: stableRows, level });
  const before = Math.ceil(changeAfter / law.batchSize);
  const after = Math.ceil((patience * within) / law.batchSize);
  const delays = Array.from({ length: streams }, (_, stream) => {
    const changing = random.fork("changing").fork(stream);
    let state = monitor.start();
    for (let batch = 0; batch < before; batch++) state = followBatch(monitor, state, law.draw(changing, false)).state;
    for (let batch = 0; batch < after; batch++) {
      const followed = followBatch(monitor, state, law.draw(changing, true));
      if (followed.alarmAt !== null) return labelDelay + batch * law.batchSize + followed.alarmAt + 1;
      state = followed.state;
    }
    return Infinity;
  });
  const found = delays.filter((delay) => delay <= within).length;
  const middle = delays.sort((a, b) => a - b)[Math.floor((streams - 1) / 2)];
  return {
    falseAlarms: stable,
    detected: { value: found / streams, interval: clopperPearson(found, streams, { level }), within, changes: streams },
    medianDelay: middle === Infinity ? null : middle,
  };
}
