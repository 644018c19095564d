import type { Random } from "../../core/random/Random.js";
import { clopperPearson } from "../../core/statistics/clopperPearson.js";
import { type Estimate, estimateOf } from "../../core/statistics/Estimate.js";
import { studentEstimate } from "../../core/statistics/studentEstimate.js";
import { checkSetting } from "./checkStream.js";
import { followBatch } from "./followBatch.js";
import type { StreamLaw } from "./StreamLaw.js";
import type { StreamMonitor } from "./StreamMonitor.js";

/** How often a monitor alarms for nothing. */
export interface FalseAlarms {
  readonly alarms: number;
  /** Rows of all streams. */
  readonly rows: number;
  readonly streams: number;
  /** Alarms per 10,000 rows; the interval is the wider of one over streams and one over rows. */
  readonly per10000Rows: Estimate;
  /** Rows to an alarm on average, from the same counts: null where there was none; `atLeast` is the bound. */
  readonly runLength: { readonly value: number | null; readonly atLeast: number; readonly level: number };
}

/**
 * False alarms of a monitor at its settings, counted on streams without a change; after an alarm it watches on.
 *
 * @param random           required; equal streams give equal counts
 * @param options.streams  at least 2 (default 200)
 * @param options.rows     of each, taken up to whole batches (default 20,000)
 * @param options.level    two-sided, of the interval (default 0.95)
 * @throws InputError if there are too few streams or rows
 */
export function falseAlarms(
  monitor: StreamMonitor,
  law: StreamLaw,
  random: Random,
  {
    streams = 200,
    rows = 20_000,
    level = 0.95,
  }: { readonly streams?: number; readonly rows?: number; readonly level?: number } = {},
): FalseAlarms {
  checkSetting(Number.isInteger(streams) && streams >= 2, streams, "streams must be 2 or more", "falseAlarms");
  checkSetting(Number.isInteger(rows) && rows >= 1, rows, "rows must be 1 or more", "falseAlarms");
  const batches = Math.ceil(rows / law.batchSize);
  const each = batches * law.batchSize;
  const counts = Array.from({ length: streams }, (_, stream) => {
    const stable = random.fork(stream);
    let state = monitor.start();
    for (let batch = 0; batch < batches; batch++) state = followBatch(monitor, state, law.draw(stable, false)).state;
    return state.alarms;
  });
  const alarms = counts.reduce((sum, count) => sum + count, 0);
  const total = each * streams;
  const scale = 10_000 / each;
  const overStreams = studentEstimate(
    counts.map((count) => count * scale),
    { over: "streams", level },
  );
  // Few alarms scatter like none at all over streams; over rows, the exact interval of a share knows better.
  const overRows = clopperPearson(Math.min(alarms, total), total, { level });
  const interval = {
    low: Math.max(0, Math.min(overStreams.interval.low, overRows.low * 10_000)),
    high: Math.max(overStreams.interval.high, overRows.high * 10_000),
    level,
    method: `wider of Student over ${streams} streams and Clopper-Pearson over rows`,
  };
  return {
    alarms,
    rows: total,
    streams,
    per10000Rows: estimateOf((alarms / total) * 10_000, interval),
    runLength: { value: alarms === 0 ? null : total / alarms, atLeast: 10_000 / interval.high, level },
  };
}

/** Rows to a false alarm on average, with the interval that the rate's has; null where there was no alarm. */
export function averageRunLength({ per10000Rows, runLength }: FalseAlarms): Estimate | null {
  const { low, high, level, method } = per10000Rows.interval;
  if (runLength.value === null || low === 0) return null;
  return {
    value: runLength.value,
    interval: { low: 10_000 / high, high: 10_000 / low, level, method: `reciprocal, ${method}` },
  };
}
