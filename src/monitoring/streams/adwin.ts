import { checkSetting, checkValue } from "./checkStream.js";
import type { MonitorState } from "./StreamMonitor.js";

/** What ADWIN watches for, and how often it looks. */
export interface AdwinSettings {
  /** Delta, in (0, 1): smaller is slower and alarms less often by chance. No rate of false alarms follows from it. */
  readonly delta: number;
  /** Rows from one look to the next (default 32). */
  readonly clock?: number;
}

/** Sum of the values of a bucket, and of their squared distances from its mean. */
type Bucket = readonly [total: number, squares: number];

/** Where ADWIN stands: an exponential histogram of the latest values, of all that look alike. */
export interface AdwinState extends MonitorState {
  readonly settings: AdwinSettings;
  /** Rows of the window. */
  readonly width: number;
  readonly total: number;
  readonly squares: number;
  /** By power of two: buckets of 2^i rows, the oldest first. */
  readonly buckets: readonly (readonly Bucket[])[];
}

/** Buckets of a size before the two oldest become one. */
const mostBuckets = 5;
/** Rows that either part of the window must have. */
const leastPart = 5;
/** Rows that the window must exceed before it is looked at. */
const grace = 10;

/**
 * Starts ADWIN, a window that grows while its values look alike and drops its older part when they do not.
 *
 * Its delta bounds one comparison of independent values and promises no rate of false alarms on rows that come in
 * batches: operatingCharacteristics measures one.
 *
 * @throws InputError if a setting is out of its range
 * @see Bifet and Gavaldà 2007, doi:10.1137/1.9781611972771.42; river's ADWIN, whose rows of alarm these are
 */
export function startAdwin(settings: AdwinSettings): AdwinState {
  const { delta, clock = 32 } = settings;
  checkSetting(delta > 0 && delta < 1, delta, "delta must lie in (0, 1)", "startAdwin");
  checkSetting(
    Number.isInteger(clock) && clock >= 1,
    clock,
    "the clock must be an integer of at least 1",
    "startAdwin",
  );
  return { settings, rows: 0, alarms: 0, width: 0, total: 0, squares: 0, buckets: [[]] };
}

/**
 * ADWIN after one more value. Where two parts of its window differ it drops its oldest bucket, looks again, and counts
 * one alarm however many it dropped.
 *
 * @throws InputError if the value is not finite
 */
export function adwin(state: AdwinState, value: number): AdwinState {
  checkValue(value, state.rows, "adwin");
  let next = withValue(state, value);
  const { delta, clock = 32 } = next.settings;
  if (next.rows % clock !== 0 || next.width <= grace) return next;
  const before = next.width;
  while (isCut(next, delta)) next = withoutOldest(next);
  return next.width < before ? { ...next, alarms: next.alarms + 1 } : next;
}

function withValue(state: AdwinState, value: number): AdwinState {
  const { width, total } = state;
  const buckets = state.buckets.slice();
  buckets[0] = [...buckets[0], [value, 0]];
  for (let i = 0; buckets[i]?.length > mostBuckets; i++) {
    const size = 2 ** i;
    const [[t1, s1], [t2, s2], ...kept] = buckets[i];
    buckets[i] = kept;
    buckets[i + 1] = [...(buckets[i + 1] ?? []), [t1 + t2, s1 + s2 + (size * (t1 / size - t2 / size) ** 2) / 2]];
  }
  return {
    ...state,
    rows: state.rows + 1,
    width: width + 1,
    total: total + value,
    squares: width === 0 ? 0 : state.squares + (width * (value - total / width) ** 2) / (width + 1),
    buckets,
  };
}

function withoutOldest(state: AdwinState): AdwinState {
  const last = state.buckets.length - 1;
  const size = 2 ** last;
  const [[oldest, spread], ...kept] = state.buckets[last];
  const width = state.width - size;
  const total = state.total - oldest;
  const squares = state.squares - spread - (size * width * (oldest / size - total / width) ** 2) / state.width;
  const rest = state.buckets.slice(0, last);
  // Rounding must not make a variance negative.
  return {
    ...state,
    width,
    total,
    squares: Math.max(0, squares),
    buckets: kept.length > 0 || last === 0 ? [...rest, kept] : rest,
  };
}

/** Whether means before and after some bucket differ by more than chance allows; variance of the whole window. */
function isCut({ buckets, width, total, squares }: AdwinState, delta: number): boolean {
  const confidence = Math.log((2 * Math.log(width)) / delta);
  const variance = squares / width;
  let [n0, u0] = [0, 0];
  for (let i = buckets.length - 1; i >= 0; i--)
    for (const [sum] of buckets[i]) {
      n0 += 2 ** i;
      u0 += sum;
      const n1 = width - n0;
      if (n0 < leastPart || n1 < leastPart) continue;
      const inverse = 1 / (n0 - leastPart + 1) + 1 / (n1 - leastPart + 1);
      const most = Math.sqrt(2 * inverse * variance * confidence) + (2 / 3) * confidence * inverse;
      if (Math.abs(u0 / n0 - (total - u0) / n1) > most) return true;
    }
  return false;
}
